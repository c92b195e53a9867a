"""An exercise in a link: a teacher's text, a goal that the page checks, and the controls that stay in sight."""
