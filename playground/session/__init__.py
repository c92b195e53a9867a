"""The visitor's own state: the only reader and writer of st.session_state."""
