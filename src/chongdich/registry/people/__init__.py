"""People of the public: the only home of personal data. Other rooms keep a person's number, never a name."""
