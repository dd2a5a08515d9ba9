"""The architectures in specs/: they are what they are named after, and they train."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

import netwright

SPECS = Path(__file__).parent.parent.parent / "specs"
# What makes a model small enough to train here.
SMALL: dict[str, dict[str, Any]] = {
    "resnet50": {"size": 32, "classes": 5},
    "mobilenet_v2": {"size": 32, "classes": 5},
    "unet": {"depth": 2, "width": 4},
    "transformer_classifier": {"vocabulary": 50, "length": 10, "width": 16, "depth": 2},
    "seq2seq": {"units": 8, "source_words": 20, "target_words": 30},
    "siamese": {},
    "multimodal_multitask": {},
}


def weighted(model: keras.Model) -> list[keras.Layer]:
    return [layer for layer in model.layers if layer.weights]


def carry_over(ours: keras.Model, theirs: keras.Model, names: dict[str, str]) -> None:
    """Random weights for both, layer by layer; `names` leads from our layers to theirs."""
    random = np.random.default_rng(0)
    assert {layer.name for layer in weighted(ours)} == set(names)
    assert {layer.name for layer in weighted(theirs)} == set(names.values())
    for own, other in names.items():
        # Near 1 for scales and variances, small for kernels, so that numbers stay in bounds through fifty layers.
        made = []
        for weight in theirs.get_layer(other).weights:
            noise = random.normal(0, 1.0 if other == "predictions" else 0.05, weight.shape)
            near_one = weight.path.endswith(("gamma", "moving_variance"))
            made.append((1 + np.abs(noise) if near_one else noise).astype("float32"))
        theirs.get_layer(other).set_weights(made)
        ours.get_layer(own).set_weights(made)


def resnet_names() -> Iterator[tuple[str, str]]:
    yield from (("conv", "conv1_conv"), ("norm", "conv1_bn"), ("label", "predictions"))
    for stage, depth in ((2, 3), (3, 4), (4, 6), (5, 3)):
        for unit in range(depth):
            own, other = f"stage_{stage}.unit.{unit}", f"conv{stage}_block{unit + 1}"
            parts = [("reduce", 1), ("look", 2), ("widen", 3), *([("shortcut.0", 0)] if unit == 0 else [])]
            for part, number in parts:
                yield f"{own}.{part}.conv.conv", f"{other}_{number}_conv"
                yield f"{own}.{part}.conv.norm", f"{other}_{number}_bn"


def mobilenet_names() -> Iterator[tuple[str, str]]:
    yield from (("stem.conv.conv", "Conv1"), ("stem.conv.norm", "bn_Conv1"), ("label", "predictions"))
    yield from (("last.conv.conv", "Conv_1"), ("last.conv.norm", "Conv_1_bn"))
    block = 0
    for stage, depth in enumerate((1, 2, 3, 4, 3, 3, 1), start=1):
        for unit in range(depth):
            own, other = f"stage_{stage}.unit.{unit}", f"block_{block}" if block else "expanded_conv"
            if block:
                yield f"{own}.expand.0.conv.conv", f"{other}_expand"
                yield f"{own}.expand.0.conv.norm", f"{other}_expand_BN"
            for part in ("depthwise", "project"):
                yield f"{own}.{part}.conv", f"{other}_{part}"
                yield f"{own}.{part}.norm", f"{other}_{part}_BN"
            block += 1


@pytest.mark.parametrize(
    ("name", "theirs", "names", "parameters"),
    [
        ("resnet50", keras.applications.ResNet50, resnet_names, 25_636_712),
        ("mobilenet_v2", keras.applications.MobileNetV2, mobilenet_names, 3_538_984),
    ],
)
def test_it_is_the_network_of_that_name(name: str, theirs: Any, names: Any, parameters: int) -> None:
    model, other = netwright.build(SPECS / f"{name}.json"), theirs(weights=None)
    assert model.count_params() == other.count_params() == parameters
    carry_over(model, other, dict(names()))
    images = np.random.default_rng(1).random((2, 224, 224, 3), "float32")
    ours, expected = model({"image": images}, training=False)["label"], other(images, training=False)
    assert np.ptp(expected) > 1e-2, "weights that make no difference show nothing"
    np.testing.assert_allclose(ours, expected, rtol=0, atol=1e-5)


def test_resnet50_fits_on_a_page() -> None:
    assert len((SPECS / "resnet50.json").read_text().splitlines()) <= 120


@pytest.mark.parametrize("depth", range(6))
def test_a_unet_of_any_depth(depth: int) -> None:
    model = netwright.build(SPECS / "unet.json", params={"depth": depth, "width": 4})
    assert model.output["mask"].shape == (None, 256, 256, 2)
    assert len([layer for layer in model.layers if isinstance(layer, keras.layers.Concatenate)]) == depth


def test_a_unet_of_depth_4_has_the_known_size() -> None:
    assert netwright.build(SPECS / "unet.json").count_params() == 31_031_810


def test_padding_changes_nothing_for_a_transformer() -> None:
    model = netwright.build(SPECS / "transformer_classifier.json", params=SMALL["transformer_classifier"], seed=1)
    text = np.array([[3, 1, 4, 1, 5, 0, 0, 0, 0, 0]], "int32")
    vectors = model.get_layer("embedding.position").get_weights()[0]
    before = model({"tokens": text})["class"].numpy()
    # What is at the places of padding must not matter.
    model.get_layer("embedding.position").set_weights([np.where(np.arange(10)[:, None] < 5, vectors, 7.0)])
    np.testing.assert_allclose(model({"tokens": text})["class"], before, rtol=1e-5)
    longer = np.array([[3, 1, 4, 1, 5, 9, 0, 0, 0, 0]], "int32")
    assert not np.allclose(model({"tokens": longer})["class"], before, rtol=1e-5)


def test_the_decoder_of_seq2seq_starts_where_the_source_ends() -> None:
    model = netwright.build(SPECS / "seq2seq.json", params=SMALL["seq2seq"], seed=1)
    before = np.array([[1, 2, 3]], "int32")
    one, padded, other = (
        model({"source": np.array([words], "int32"), "before": before})["word"].numpy()
        for words in ([4, 5], [4, 5, 0, 0], [5, 4])
    )
    np.testing.assert_allclose(padded, one, rtol=1e-5)
    assert not np.allclose(other, one, rtol=1e-5)


def test_both_towers_of_a_siamese_network_are_one() -> None:
    model = netwright.build(SPECS / "siamese.json", seed=1)
    assert model.count_params() == 22_561
    left, right = np.random.default_rng(0).random((2, 3, 64, 64, 3), "float32")
    there, back = model({"left": left, "right": right}), model({"left": right, "right": left})
    np.testing.assert_allclose(there["distance"], back["distance"], rtol=1e-5, atol=1e-6)
    assert np.abs(model({"left": left, "right": left})["distance"]).max() == 0
    shared = [layer for layer in model.layers if layer.name.startswith("tower_")]
    assert {layer.name for layer in shared} == {
        f"tower_left.{n}" for n in ("conv_1", "pool_1", "conv_2", "pool_2", "embed", "unit")
    }


@pytest.mark.parametrize("name", SMALL)
def test_it_compiles_loads_and_trains(name: str, tmp_path: Path) -> None:
    netwright.compile(SPECS / f"{name}.json", tmp_path / "artifact", params=SMALL[name])
    model = keras.models.load_model(tmp_path / "artifact" / "model.keras")
    random = np.random.default_rng(0)
    data = {one.name: sample(one, random) for one in model.inputs}
    # Where there are metrics, Keras wants a target for outputs without a loss, too, and ignores it.
    targets = {key: target(str(model.loss.get(key)), np.asarray(one), random) for key, one in model(data).items()}
    before = [weight.numpy().copy() for weight in model.trainable_weights]
    history = model.fit(data, targets, verbose=0).history
    assert np.isfinite(history["loss"]).all()
    changed = [not np.array_equal(weight, old) for weight, old in zip(model.trainable_weights, before, strict=True)]
    assert all(changed), "all of it trains"


def sample(one: Any, random: np.random.Generator) -> Any:
    shape = (4, *(size or 6 for size in one.shape[1:]))
    return random.integers(1, 8, shape).astype("int32") if one.dtype == "int32" else random.random(shape, "float32")


def target(loss: str, output: Any, random: np.random.Generator) -> Any:
    """Something that such an output can be trained on."""
    if loss.startswith("sparse"):
        return random.integers(0, output.shape[-1], output.shape[:-1]).astype("int32")
    return random.integers(0, 2, output.shape).astype("float32")
