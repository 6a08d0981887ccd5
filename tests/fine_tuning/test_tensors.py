"""TensorFlow's names and layout against the published file's."""

from __future__ import annotations

import numpy as np
import pytest

from bot.fine_tuning.tensors import TAUGHT, blended, published_name

NAMES = {
    "tf_bert_model/bert/embeddings/word_embeddings/weight:0": "embeddings.word_embeddings.weight",
    "tf_bert_model_1/bert/embeddings/token_type_embeddings/embeddings:0": "embeddings.token_type_embeddings.weight",
    "tf_bert_model/bert/embeddings/position_embeddings/embeddings:0": "embeddings.position_embeddings.weight",
    "tf_bert_model/bert/embeddings/LayerNorm/gamma:0": "embeddings.LayerNorm.weight",
    "tf_bert_model/bert/encoder/layer_._0/attention/self/query/kernel:0": "encoder.layer.0.attention.self.query.weight",
    "tf_bert_model/bert/encoder/layer_._11/output/LayerNorm/beta:0": "encoder.layer.11.output.LayerNorm.bias",
    "tf_bert_model/bert/pooler/dense/bias:0": "pooler.dense.bias",
}


@pytest.mark.parametrize(("variable", "published"), NAMES.items())
def test_a_variable_under_its_published_name(variable: str, published: str) -> None:
    assert published_name(variable) == published


def test_the_taught_weights_are_blended_with_the_published_ones() -> None:
    taught, published = np.array([1.0, 0.0], np.float32), np.array([0.0, 1.0], np.float32)
    found = blended({"a": taught}, {"a": published, "embeddings.position_ids": published})
    assert list(found) == ["a"]
    assert found["a"] == pytest.approx([TAUGHT, 1 - TAUGHT])
