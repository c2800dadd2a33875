"""Documents that go out: the register, drafting, signing, issuing, and what became of them at their recipients."""
