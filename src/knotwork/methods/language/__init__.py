"""What people write: how far those who read it agree."""

from knotwork.methods.language.agreement import (
    METRICS,
    Agreement,
    cohens_kappa,
    fleiss_kappa,
    krippendorff_alpha,
)

__all__ = ["METRICS", "Agreement", "cohens_kappa", "fleiss_kappa", "krippendorff_alpha"]
