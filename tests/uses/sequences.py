"""Sequences: a label for each step, states that are handed on, padding that does not count."""

from __future__ import annotations

from typing import Any

from tests.uses.model import conv, dense, model

WORDS = {"words": (["length"], "int32")}
SERIES = {"series": [8, 3]}
EMBED: dict[str, Any] = {"type": "Embedding", "input_dim": 9, "output_dim": 4}
MASKED = {**EMBED, "mask_zero": True}
WHOLE = {"return_sequences": True}
ATTEND = {"type": "MultiHeadAttention", "num_heads": 2, "key_dim": 2}


def causal(rate: int) -> dict[str, Any]:
    return {**conv(4, 2, 1, activation="relu"), "padding": "causal", "dilation_rate": rate}


USES = {
    "a_label_for_each_word": model(
        WORDS,
        {"vectors": EMBED, "read": {"type": "LSTM", "units": 4, **WHOLE}, "tag": dense(5, "softmax")},
        [["words", "vectors", "read", "tag"]],
        {"tag": {"from": "tag", "target": {"shape": ["length"], "dtype": "int32", "classes": 5}}},
        {"tag": "sparse_categorical_crossentropy"},
        metrics={"tag": ["accuracy", {"type": "SparseTopKCategoricalAccuracy", "k": 3}]},
    ),
    "a_label_for_each_word_but_padding": model(
        WORDS,
        {"vectors": MASKED, "read": {"type": "GRU", "units": 4, **WHOLE}, "tag": dense(5, "softmax")},
        [["words", "vectors", "read", "tag"]],
        {"tag": "tag"},
        {"tag": "sparse_categorical_crossentropy"},
    ),
    "padding_left_out_by_its_label": model(
        WORDS,
        {"vectors": EMBED, "read": {"type": "GRU", "units": 4, **WHOLE}, "tag": dense(5, "softmax")},
        [["words", "vectors", "read", "tag"]],
        {"tag": "tag"},
        {"tag": {"type": "SparseCategoricalCrossentropy", "ignore_class": 0}},
    ),
    "mood_of_a_text": model(
        WORDS,
        {"vectors": MASKED, "mean": "GlobalAveragePooling1D", "mood": dense(1, "sigmoid")},
        [["words", "vectors", "mean", "mood"]],
        {"mood": "mood"},
        {"mood": "binary_crossentropy"},
        metrics={"mood": ["accuracy"]},
    ),
    "both_directions": model(
        WORDS,
        {
            "vectors": MASKED,
            "read": {"type": "Bidirectional", "layer": {"type": "LSTM", "units": 3}},
            "mood": dense(3, "softmax"),
        },
        [["words", "vectors", "read", "mood"]],
        {"mood": "mood"},
        {"mood": "categorical_crossentropy"},
    ),
    "forecast_of_several_steps": model(
        SERIES,
        {
            "read": {"type": "LSTM", "units": 4},
            "again": {"type": "RepeatVector", "n": 5},
            "write": {"type": "LSTM", "units": 4, **WHOLE},
            "next": {"type": "TimeDistributed", "layer": dense(3)},
        },
        [["series", "read", "again", "write", "next"]],
        {"next": {"from": "next", "target": {"shape": [5, 3]}}},
        {"next": "mse"},
    ),
    "translation_with_states": model(
        {"source": (["length"], "int32"), "before": (["steps"], "int32")},
        {
            "source_words": EMBED,
            "encode": {"type": "LSTM", "units": 4, "return_state": True},
            "words_before": {**EMBED, "input_dim": 7},
            "decode": {"type": "LSTM", "units": 4, **WHOLE},
            "word": dense(7, "softmax"),
        },
        [
            ["source", "source_words", "encode"],
            ["before", "words_before", "decode", "word"],
            ["encode:state_h", "decode:initial_state"],
            ["encode:state_c", "decode:initial_state"],
        ],
        {"word": "word"},
        {"word": "sparse_categorical_crossentropy"},
    ),
    "image_that_starts_a_sentence": model(
        {"photo": [6], "words": (["length"], "int32")},
        {
            "start": dense(4, "tanh"),
            "vectors": EMBED,
            "write": {"type": "GRU", "units": 4, **WHOLE},
            "word": dense(9),
        },
        [["words", "vectors", "write", "word"], ["photo", "start", "write:initial_state"]],
        {"word": "word"},
        {"word": {"type": "SparseCategoricalCrossentropy", "from_logits": True}},
    ),
    "dilated_and_causal": model(
        SERIES,
        {
            "first": causal(1),
            "second": causal(2),
            "third": causal(4),
            "sum": "Add",
            "next": conv(3, 1, 1),
        },
        [["series", "first", "second", "third", "sum", "next"], ["first", "sum"]],
        {"next": "next"},
        {"next": "mae"},
    ),
    "gated_and_dilated": model(
        SERIES,
        {
            "filter": {**causal(2), "activation": "tanh"},
            "gate": {**causal(2), "activation": "sigmoid"},
            "gated": "Multiply",
            "next": conv(4, 1, 1, activation="softmax"),
        },
        [["series", ["filter", "gate"], "gated", "next"]],
        {"next": "next"},
        {"next": "sparse_categorical_crossentropy"},
    ),
    "attention_to_itself": model(
        WORDS,
        {
            "vectors": EMBED,
            "attend": ATTEND,
            "add": "Add",
            "norm": "LayerNormalization",
            "mean": "GlobalAveragePooling1D",
            "mood": dense(1, "sigmoid"),
        },
        [
            ["words", "vectors", "attend:query"],
            ["vectors", "attend:value"],
            [["vectors", "attend"], "add", "norm", "mean", "mood"],
        ],
        {"mood": "mood"},
        {"mood": "binary_crossentropy"},
    ),
    "attention_to_the_past": model(
        WORDS,
        {"vectors": EMBED, "attend": {**ATTEND, "call": {"use_causal_mask": True}}, "next": dense(9, "softmax")},
        [["words", "vectors", "attend:query"], ["vectors", "attend:value"], ["attend", "next"]],
        {"next": "next"},
        {"next": "sparse_categorical_crossentropy"},
    ),
    "question_asked_of_a_text": model(
        {"question": [3, 4], "text": [7, 6]},
        {"keys": dense(4), "attend": "Attention", "flat": "Flatten", "answer": dense(2)},
        [["text", "keys"], [["question", "keys"], "attend", "flat", "answer"]],
        {"answer": "answer"},
        {"answer": "mse"},
    ),
    "frames_of_a_film": model(
        {"film": [3, 6, 6, 1]},
        {
            "look": {"type": "TimeDistributed", "layer": {"type": "Conv2D", "filters": 2, "kernel_size": 3}},
            "flat": {"type": "TimeDistributed", "layer": {"type": "Flatten"}},
            "read": {"type": "GRU", "units": 3},
            "action": dense(4, "softmax"),
        },
        [["film", "look", "flat", "read", "action"]],
        {"action": "action"},
        {"action": "sparse_categorical_crossentropy"},
    ),
    "weather_maps": model(
        {"maps": [3, 6, 6, 1]},
        {
            "read": {"type": "ConvLSTM2D", "filters": 2, "kernel_size": 3, "padding": "same"},
            "next": conv(1),
        },
        [["maps", "read", "next"]],
        {"next": {"from": "next", "target": {"shape": [6, 6, 1]}}},
        {"next": "mse"},
    ),
    "state_kept_between_batches": model(
        {},
        {"read": {"type": "LSTM", "units": 3, "stateful": True}, "next": dense(1)},
        [["series", "read", "next"]],
        {"next": "next"},
        {"next": "mse"},
    )
    | {"inputs": {"series": {"shape": [8, 3], "batch_size": 4}}},
    "steps_that_were_not_measured": model(
        SERIES,
        {"gaps": {"type": "Masking", "mask_value": -1.0}, "read": {"type": "SimpleRNN", "units": 3}, "y": dense(1)},
        [["series", "gaps", "read", "y"]],
        {"y": "y"},
        {"y": "mse"},
    ),
}
