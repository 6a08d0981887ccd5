"""The encoder as one ONNX graph of fused operators with int8 weights, built straight from the published tensors.

An exporter writes 720 small operators for this network; ONNX Runtime's own fused ones (com.microsoft) do the same in
sixty, in two thirds of the time. There is no attention mask, since one text is read at a time and nothing is padded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

Tensor = npt.NDArray[np.float32]
Tensors = Mapping[str, Tensor]

VERSION = "fused operators, weights of 7 bits"
"""Named in the stamp beside an exported encoder: another text here, and it is exported anew."""
OPSET = 17
CONTRIB = "com.microsoft"
SEVEN_BITS = 63
"""Largest weight of a multiplication. With eight bits, processors without VNNI add two products of bytes in sixteen
bits and cut off what does not fit, so that one model reads differently from machine to machine (ONNX Runtime's page
on quantisation, "reduce_range"). Seven bits cost a thousandth of the cosine to the exact vector.
"""
EIGHT_BITS = 127
"""Largest of a word's vector, which nothing is multiplied with before it is a float again."""


@dataclass(frozen=True)
class Shape:
    """What the tensors alone do not say (the publisher's config.json)."""

    heads: int
    epsilon: float
    """Added to a variance before LayerNorm divides by its root."""


@dataclass
class _Graph:
    """Nodes and constants in the making."""

    tensors: Tensors
    shape: Shape
    nodes: list[NodeProto] = field(default_factory=list)
    constants: list[TensorProto] = field(default_factory=list)

    def node(self, kind: str, inputs: list[str], output: str, domain: str = "", **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, domain=domain, **attributes))
        return output

    def constant(self, name: str, value: npt.NDArray[np.generic]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def published(self, name: str) -> str:
        return self.constant(name, self.tensors[name].astype(np.float32))

    def norm(self, prefix: str, inputs: list[str], output: str) -> str:
        """LayerNorm of the sum of both inputs, the second already holding its bias."""
        weights = [self.published(f"{prefix}.LayerNorm.{part}") for part in ("weight", "bias")]
        return self.node("SkipLayerNormalization", [*inputs, *weights], output, CONTRIB, epsilon=self.shape.epsilon)

    def dense(self, prefix: str, inner: str, output: str, bias: bool = True) -> str:
        """inner @ weight.T + bias, the weight in int8 with a scale for each column."""
        weight, scale = by_column(self.tensors[f"{prefix}.weight"].T, SEVEN_BITS)
        inputs = [inner, self.constant(f"{prefix}.int8", weight), self.constant(f"{prefix}.scale", scale), ""]
        inputs += [self.published(f"{prefix}.bias")] if bias else []
        return self.node("DynamicQuantizeMatMul", inputs, output, CONTRIB)


def by_column(weight: Tensor, largest: int) -> tuple[npt.NDArray[np.int8], Tensor]:
    """(rows, columns) as signed bytes from -largest to largest, and the scale of each column."""
    scale = np.maximum(np.abs(weight).max(axis=0), 1e-9) / largest
    return np.round(weight / scale).astype(np.int8), scale.astype(np.float32)


def build(tensors: Tensors, shape: Shape) -> ModelProto:
    """`input_ids` (1, tokens) int32 to the text's vector (1, dimensions), of length 1.

    `tensors` are those of a BERT model in the published format; KeyError for one that is missing.
    """
    graph = _Graph(tensors, shape)
    hidden = _embedded(graph)
    for layer in range(1 + max(int(name.split(".")[2]) for name in tensors if name.startswith("encoder.layer."))):
        hidden = _layer(graph, f"encoder.layer.{layer}", hidden)
    mean = graph.node("ReduceMean", [hidden], "mean", axes=[1], keepdims=0)
    graph.node("LpNormalization", [mean], "vector", axis=1, p=2)
    dimensions = tensors["embeddings.word_embeddings.weight"].shape[1]
    body = helper.make_graph(
        graph.nodes,
        "sentence_encoder",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT32, [1, "tokens"])],
        [helper.make_tensor_value_info("vector", TensorProto.FLOAT, [1, dimensions])],
        graph.constants,
    )
    versions = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, 1)]
    return helper.make_model(body, opset_imports=versions, ir_version=8)


def _embedded(graph: _Graph) -> str:
    """Words (each with a scale of its own) and places, summed and normalised."""
    tensors = graph.tensors
    words, scale = by_column(tensors["embeddings.word_embeddings.weight"].T, EIGHT_BITS)
    places = tensors["embeddings.position_embeddings.weight"] + tensors["embeddings.token_type_embeddings.weight"][0]
    rows = graph.node("Gather", [graph.constant("words.int8", words.T), "input_ids"], "words.rows")
    scales = graph.node("Gather", [graph.constant("words.scale", scale[:, None]), "input_ids"], "words.scales")
    exact = graph.node("Mul", [graph.node("Cast", [rows], "words.float", to=TensorProto.FLOAT), scales], "words")
    graph.constant("zero", np.array([0], np.int64))
    graph.constant("two", np.array([2], np.int64))
    graph.constant("one", np.array([1], np.int64))
    shape = graph.node("Shape", ["input_ids"], "shape")
    length = graph.node("Slice", [shape, "one", "two"], "length")
    near = graph.node("Slice", [graph.constant("places", places.astype(np.float32)), "zero", length], "places.near")
    placed = graph.node("Unsqueeze", [near, "zero"], "places.row")
    return graph.norm("embeddings", [exact, placed], "embedded")


def _layer(graph: _Graph, prefix: str, hidden: str) -> str:
    tensors, own = graph.tensors, f"{prefix}.attention.self"
    parts = ("query", "key", "value")
    joined = {
        f"{own}.joined.weight": np.concatenate([tensors[f"{own}.{part}.weight"] for part in parts]),
        f"{own}.joined.bias": np.concatenate([tensors[f"{own}.{part}.bias"] for part in parts]),
    }
    graph.tensors = {**tensors, **joined}
    attended = _attention(graph, own, hidden)
    mixed = graph.dense(f"{prefix}.attention.output.dense", attended, f"{prefix}.mixed")
    middle = graph.norm(f"{prefix}.attention.output", [mixed, hidden], f"{prefix}.middle")
    wide = graph.dense(f"{prefix}.intermediate.dense", middle, f"{prefix}.wide", bias=False)
    bent = graph.node(
        "BiasGelu", [wide, graph.published(f"{prefix}.intermediate.dense.bias")], f"{prefix}.bent", CONTRIB
    )
    narrow = graph.dense(f"{prefix}.output.dense", bent, f"{prefix}.narrow")
    return graph.norm(f"{prefix}.output", [narrow, middle], f"{prefix}.hidden")


def _attention(graph: _Graph, own: str, hidden: str) -> str:
    """Query, key and value in one multiplication."""
    weight, scale = by_column(graph.tensors[f"{own}.joined.weight"].T, SEVEN_BITS)
    graph.nodes.append(
        helper.make_node(
            "DynamicQuantizeLinear", [hidden], [f"{own}.bytes", f"{own}.step", f"{own}.zero"], name=f"{own}.bytes"
        )
    )
    inputs = [
        f"{own}.bytes",
        graph.constant(f"{own}.int8", weight),
        graph.published(f"{own}.joined.bias"),
        f"{own}.step",
        graph.constant(f"{own}.scale", scale),
        "",
        f"{own}.zero",
        graph.constant(f"{own}.weight_zero", np.zeros(scale.shape, np.int8)),
    ]
    return graph.node("QAttention", inputs, f"{own}.attended", CONTRIB, num_heads=graph.shape.heads)
