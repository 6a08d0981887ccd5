"""TensorFlow's weights under the names, and in the layout, of the published file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

Tensor = npt.NDArray[np.float32]

NAMES = (
    (r"^[^/]+/bert/", ""),
    (r"/layer_\._(\d+)/", r"/layer/\1/"),
    (r"/gamma$", "/weight"),
    (r"/beta$", "/bias"),
    (r"_embeddings/embeddings$", "_embeddings/weight"),
    (r"/kernel$", "/weight"),
)
"""In this order; the slashes become dots afterwards."""


TAUGHT = 0.85
"""Share of the taught weights; the rest is the published ones. Between the two a network reads what is unlike all
examples better than at the end of its teaching (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models");
docs/decisions/0005 has what was measured.
"""


def blended(taught: Mapping[str, Tensor], published: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Both under the published names; what the published file has beside them is left out."""
    return {name: (TAUGHT * one + (1 - TAUGHT) * published[name]).astype(np.float32) for name, one in taught.items()}


def published_name(variable: str) -> str:
    """`tf_bert_model/bert/encoder/layer_._0/output/dense/kernel:0` is `encoder.layer.0.output.dense.weight`."""
    name = variable.split(":")[0]
    for pattern, other in NAMES:
        name = re.sub(pattern, other, name)
    return name.replace("/", ".")


def published_tensors(variables: Iterable[Any]) -> dict[str, Tensor]:
    """Of TensorFlow's variables. A kernel multiplies from the other side there, and is turned round."""
    return {
        published_name(one.name): np.ascontiguousarray(one.numpy().T if "/kernel:" in one.name else one.numpy())
        for one in variables
    }
