"""The doctor: everything a person could have got wrong, and how to mend each."""
