"""The example company of `leadline demo`: made up from a seed, written as files, brought in by the ordinary import."""

from leadline.imports.example.loading import load
from leadline.imports.example.signing_in import PASSWORD, SIGN_INS, SignIn

__all__ = ["PASSWORD", "SIGN_INS", "SignIn", "load"]
