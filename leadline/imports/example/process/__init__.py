"""How the example's team works: who hands what to whom, what stages ask for, why sales come to nothing."""

from leadline.imports.example.process.filling import fill

__all__ = ["fill"]
