"""The visitor's session: one Visit per visitor, kept in st.session_state, which nothing else reads or writes."""
