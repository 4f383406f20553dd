"""What fakes of providers of e-mail have in common: what they take, tell and are told to do. Each brings its wire."""
