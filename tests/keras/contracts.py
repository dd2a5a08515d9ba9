"""Random small models with several outputs, and a compile section for each.

`sensible` is what somebody does who knows what goes together: nothing may be told of it. In `any_spec`, all may be
combined with all, and be misspelt.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from hypothesis import strategies as st

from netwright.arguments import published
from netwright.objects import Entry, family
from tests.families import REQUIRED
from tests.keras.training import SIZE
from tests.strategies import drawn

Node = dict[str, Any]
Shape = tuple[int, ...]
Spec = dict[str, Any]
Draw = Callable[[st.SearchStrategy[Any]], Any]

INPUTS: tuple[tuple[Shape, str], ...] = (
    ((5,), "float32"),
    ((3,), "float32"),
    ((6, 3), "float32"),
    ((6, 2), "float32"),
    ((4, 4, 3), "float32"),
    ((4, 4, 1), "float32"),
    ((6,), "int32"),
    ((), "int32"),
)
IDS = "int32"
ACTIVATIONS = (None, "relu", "tanh", "gelu", "selu", "swish", "elu", "sigmoid")
UNITS = st.integers(2, 4)
# What gives what it gets, for any numbers.
KEEPERS: tuple[Node, ...] = (
    {"type": "BatchNormalization"},
    {"type": "BatchNormalization", "trainable": False},
    {"type": "LayerNormalization"},
    {"type": "UnitNormalization"},
    {"type": "Dropout", "rate": 0.25},
    {"type": "GaussianNoise", "stddev": 0.1},
    {"type": "ActivityRegularization", "l2": 0.01},
    {"type": "Activation", "activation": "tanh"},
    {"type": "LeakyReLU"},
    {"type": "PReLU"},
    {"type": "Identity"},
    {"op": "tanh"},
    {"op": "square"},
    {"op": "absolute"},
)
# What is in the way of gradients, or not a number that training makes sense of.
BLOCKERS: tuple[Node, ...] = (
    {"op": "stop_gradient"},
    {"op": "round"},
    {"op": "sign"},
    {"op": "isfinite"},
    {"op": "cast", "dtype": "int32"},
    {"type": "Softmax"},
    {"type": "Dense", "units": 1},
    {"type": "Dense", "units": 1, "activation": "softmax"},
)
MERGES = ("Add", "Multiply", "Average", "Maximum", "Minimum", "Subtract", "Concatenate")


def dense(draw: Draw, shape: Shape) -> tuple[Node, Shape]:
    units = draw(UNITS)
    return {"type": "Dense", "units": units, "activation": draw(st.sampled_from(ACTIVATIONS))}, (*shape[:-1], units)


def keep(draw: Draw, shape: Shape) -> tuple[Node, Shape]:
    return dict(draw(st.sampled_from([one for one in KEEPERS if one.get("trainable", True)]))), shape


def convolve(draw: Draw, shape: Shape) -> tuple[Node, Shape]:
    filters, kind = draw(UNITS), f"Conv{len(shape) - 1}D"
    return {"type": kind, "filters": filters, "kernel_size": 3, "padding": "same"}, (*shape[:-1], filters)


def pool(draw: Draw, shape: Shape) -> tuple[Node, Shape]:
    kind = f"{draw(st.sampled_from(['Max', 'Average']))}Pooling{len(shape) - 1}D"
    return {"type": kind, "pool_size": 2, "padding": "same"}, (*((size + 1) // 2 for size in shape[:-1]), shape[-1])


def gather(draw: Draw, shape: Shape) -> tuple[Node, Shape]:
    if draw(st.booleans()):
        return {"type": "Flatten"}, (product(shape),)
    return {"type": f"Global{draw(st.sampled_from(['Max', 'Average']))}Pooling{len(shape) - 1}D"}, shape[-1:]


def product(shape: Shape) -> int:
    size = 1
    for one in shape:
        size *= one
    return size


def recur(draw: Draw, shape: Shape) -> tuple[Node, Shape]:
    units, whole = draw(UNITS), draw(st.booleans())
    node = {"type": draw(st.sampled_from(["LSTM", "GRU", "SimpleRNN"])), "units": units, "return_sequences": whole}
    return node, (*shape[:-1], units) if whole else (units,)


def attend(draw: Draw, shape: Shape) -> tuple[Node, Shape]:
    return {"type": "MultiHeadAttention", "num_heads": 2, "key_dim": 2}, shape


def embed(draw: Draw, shape: Shape) -> tuple[Node, Shape]:
    return {"type": "Embedding", "input_dim": 5, "output_dim": 3}, (*shape, 3)


def lengthen(draw: Draw, shape: Shape) -> tuple[Node, Shape]:
    return {"type": "RepeatVector", "n": 3}, (3, *shape)


# By the number of axes without the batch's.
STEPS = {
    1: (dense, dense, dense, keep, keep, lengthen),
    2: (dense, keep, convolve, pool, gather, recur, recur, attend),
    3: (dense, keep, convolve, convolve, pool, gather),
}


class Tensor(NamedTuple):
    name: str
    shape: Shape
    dtype: str


class Growing:
    """A graph to which nodes are added."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw
        self.nodes: dict[str, Node] = {}
        self.feeds: dict[str, list[str]] = {}
        chosen = draw(st.lists(st.sampled_from(INPUTS), min_size=1, max_size=3))
        self.inputs = {f"in_{i}": one for i, one in enumerate(chosen)}
        self.tensors = [Tensor(name, *one) for name, one in self.inputs.items()]

    def pick(self, rank: int | None = None) -> Tensor | None:
        """One of the tensors of floats, the later ones more likely."""
        found = [one for one in self.tensors if one.dtype != IDS and (rank is None or len(one.shape) == rank)]
        return found[-1 - min(self.draw(st.integers(0, 3)), len(found) - 1)] if found else None

    def add(self, node: Node, *sources: Tensor, shape: Shape, dtype: str = "float32") -> Tensor:
        name = f"n{len(self.nodes)}"
        ports = ("query", "value") if node.get("type") == "MultiHeadAttention" else ()
        self.nodes[name] = node
        self.feeds[name] = [source.name for source in sources]
        if ports:
            self.feeds[name] = [sources[0].name] * 2
        self.tensors.append(Tensor(name, shape, dtype))
        return self.tensors[-1]

    def step(self, tensor: Tensor, node: Node, shape: Shape) -> Tensor:
        return self.add(node, tensor, shape=shape)

    def grow(self) -> None:
        """One more node, or none."""
        kind = self.draw(st.sampled_from(["step", "step", "step", "merge", "share"]))
        tensor = self.pick()
        if tensor is None or not tensor.shape:
            return
        if kind == "merge":
            self.merge(tensor)
        elif kind == "share":
            self.share()
        else:
            make = self.draw(st.sampled_from(STEPS[len(tensor.shape)]))
            self.step(tensor, *make(self.draw, tensor.shape))

    def merge(self, tensor: Tensor) -> None:
        same = [one for one in self.tensors if one.shape == tensor.shape and one.dtype != IDS and one != tensor]
        if same:
            kind = self.draw(st.sampled_from(MERGES))
            shape = (*tensor.shape[:-1], 2 * tensor.shape[-1]) if kind == "Concatenate" else tensor.shape
            self.add({"type": kind}, tensor, self.draw(st.sampled_from(same)), shape=shape)

    def share(self) -> None:
        """Call a layer once more, on something else of the same shape."""
        shapes = {one.name: one for one in self.tensors}
        for name, node in self.nodes.items():
            if "type" not in node or len(self.feeds[name]) > 1:
                continue
            before, after = shapes[self.feeds[name][0]], shapes[name]
            for other in self.tensors:
                if other.shape == before.shape and other.dtype == before.dtype and other != before:
                    self.add({"share": name}, other, shape=after.shape)
                    return

    def start(self) -> None:
        """Numbers that stand for something become vectors."""
        for one in [one for one in self.tensors if one.dtype == IDS]:
            self.step(one, *embed(self.draw, one.shape))

    def needed(self, outputs: list[str]) -> set[str]:
        """What outputs depend on."""
        found: set[str] = set()
        todo = list(outputs)
        while todo:
            name = todo.pop()
            if name not in found:
                found.add(name)
                todo += self.feeds.get(name, ())
        return found

    def spec(self, outputs: dict[str, Any], section: dict[str, Any]) -> Spec:
        """The document, without what leads nowhere."""
        needed = self.needed([one["from"] if isinstance(one, dict) else one for one in outputs.values()])
        nodes = {
            # What would share with a node that leads nowhere stands alone.
            name: node if node.get("share", name) in needed else self.nodes[node["share"]]
            for name, node in self.nodes.items()
            if name in needed
        }
        edges = []
        for name, node in nodes.items():
            ports = (":query", ":value") if node.get("type") == "MultiHeadAttention" else ("", "")
            edges += [[source, name + port] for source, port in zip(self.feeds[name], ports, strict=False)]
        inputs = {
            name: {"shape": list(shape), "dtype": dtype}
            for name, (shape, dtype) in self.inputs.items()
            if name in needed
        }
        head = {"netwright": 1, "name": "random", "inputs": inputs, "outputs": outputs, "compile": section}
        return {**head, **({"nodes": nodes, "edges": edges} if nodes else {})}


class Head(NamedTuple):
    """What goes together: an activation, losses for it, and metrics for these. `least` units."""

    activations: tuple[str | None, ...]
    losses: tuple[Any, ...]
    metrics: tuple[Any, ...]
    target: str = "same"
    least: int = 1
    ranks: tuple[int, ...] = (1, 2, 3)
    after: Node | None = None


LOGITS = {"from_logits": True}
HEADS = (
    Head(
        (None,),
        (
            "mse", "mae", "huber", "log_cosh", "mape", {"type": "Huber", "reduction": "mean"},
            {"type": "MeanSquaredError", "reduction": "sum"},
        ),
        ("mae", "mse", "log_cosh_error", {"type": "RootMeanSquaredError"}, {"type": "MeanAbsoluteError", "name": "a"}),
    ),
    Head((None,), ("mse",), ("r2_score",), ranks=(1,)),
    Head((None,), ("cosine_similarity",), ("cosine_similarity", "mae"), least=2),
    Head(("softplus", "exponential"), ("poisson", "msle"), ("poisson", "mae")),
    Head((None, "tanh"), ("hinge", "squared_hinge"), ("hinge", "squared_hinge")),
    Head(
        ("sigmoid",),
        (
            "binary_crossentropy", "bce", {"type": "BinaryCrossentropy", "label_smoothing": 0.1}, "dice", "tversky",
            {"type": "BinaryFocalCrossentropy", "gamma": 1.5}, "mse",
        ),
        (
            "binary_accuracy", {"type": "AUC", "curve": "PR"}, {"type": "Precision", "thresholds": [0.3, 0.6]},
            "Recall", {"type": "BinaryIoU"}, {"type": "PrecisionAtRecall", "recall": 0.5}, {"type": "TruePositives"},
        ),
    ),
    Head(("sigmoid",), ("bce",), ({"type": "F1Score", "threshold": 0.5}, "accuracy"), ranks=(1,)),
    Head(
        (None,),
        ({"type": "BinaryCrossentropy", **LOGITS}, {"type": "BinaryFocalCrossentropy", **LOGITS}),
        ({"type": "AUC", **LOGITS}, {"type": "BinaryAccuracy", "threshold": 0.0}),
    ),
    Head(
        ("softmax",),
        (
            "categorical_crossentropy", "categorical_focal_crossentropy", "kl_divergence",
            {"type": "CategoricalCrossentropy", "label_smoothing": 0.2},
        ),
        (
            "accuracy", "categorical_accuracy", {"type": "TopKCategoricalAccuracy", "k": 2},
            {"type": "CategoricalCrossentropy"},
        ),
        "one_hot",
        2,
    ),
    Head(
        ("softmax",),
        (
            "sparse_categorical_crossentropy", {"type": "CategoricalGeneralizedCrossEntropy", "q": 0.7},
            {"type": "SparseCategoricalCrossentropy", "ignore_class": 0},
        ),
        (
            "accuracy", "sparse_categorical_accuracy", {"type": "SparseTopKCategoricalAccuracy", "k": 2},
            {"type": "SparseCategoricalCrossentropy"},
            {"type": "MeanIoU", "num_classes": 4, "sparse_y_pred": False},
        ),
        "indices",
        2,
    ),
    Head((None,), ({"type": "CategoricalCrossentropy", **LOGITS},), ("accuracy",), "one_hot", 2),
    Head((None,), ({"type": "SparseCategoricalCrossentropy", **LOGITS},), ("accuracy",), "indices", 2),
    Head((None,), ("circle",), (), "none", 3, (1,), {"type": "UnitNormalization"}),
    Head((None,), ("ctc",), (), "none", 3, (2,)),
)  # fmt: skip


def head_on(graph: Growing, draw: Draw, head: Head, tensor: Tensor) -> tuple[str, Shape]:
    """A layer with as many units as the head needs, on any tensor of a rank that suits it."""
    units = draw(st.integers(head.least, 4))
    node = {"type": "Dense", "units": units, "activation": draw(st.sampled_from(head.activations))}
    made = graph.step(tensor, node, (*tensor.shape[:-1], units))
    if head.after:
        made = graph.step(made, dict(head.after), made.shape)
    return made.name, made.shape


def target_like(kind: str, shape: Shape) -> dict[str, Any]:
    return {
        "shape": list(shape[:-1] if kind == "indices" else shape),
        "dtype": "int32" if kind == "indices" else "float32",
    }


@st.composite
def sensible(draw: st.DrawFn) -> Spec:
    """A model of which nothing may be told."""
    graph = Growing(draw)
    graph.start()
    for _ in range(draw(st.integers(1, 6))):
        graph.grow()
    outputs: dict[str, Any] = {}
    section: dict[str, Any] = {"optimizer": draw(optimizers()), "loss": {}, "metrics": {}, "weighted_metrics": {}}
    for name in list(graph.nodes):
        if graph.nodes[name].get("type") in ("Dense", "Embedding", "Conv1D", "Conv2D") and draw(st.integers(0, 5)) == 0:
            graph.nodes[name]["trainable"] = False
    for i in range(draw(st.integers(1, 3))):
        key, head = f"out_{i}", draw(st.sampled_from(HEADS))
        tensor = graph.pick() if len(head.ranks) > 1 else graph.pick(head.ranks[0])
        if tensor is None:
            tensor, head = graph.tensors[-1], HEADS[0]
        end, shape = head_on(graph, draw, head, tensor)
        declared = {"target": target_like(head.target, shape)} if head.target != "none" and draw(st.booleans()) else {}
        outputs[key] = {"from": end, **declared} if declared else end
        section["loss"][key] = draw(st.sampled_from(head.losses))
        for measured in ("metrics", "weighted_metrics"):
            if head.metrics and draw(st.booleans()):
                section[measured][key] = draw(st.lists(st.sampled_from(head.metrics), max_size=2, unique_by=str))
    if draw(st.integers(0, 3)) == 0:
        outputs["seen"], section["loss"]["seen"] = draw(st.sampled_from(graph.tensors)).name, None
    if draw(st.booleans()):
        some = st.dictionaries(st.sampled_from([f"out_{i}" for i in range(i + 1)]), st.sampled_from([0.3, 1.0, 2]))
        section["loss_weights"] = draw(some)
    return graph.spec(outputs, {key: one for key, one in section.items() if one or key == "loss"})


def optimizers() -> st.SearchStrategy[Any]:
    """All, by name; and some with what they may be given."""
    named = [name for name in family("optimizers").names if name != "LossScaleOptimizer"]
    return st.one_of(
        st.sampled_from(sorted(named)),
        st.sampled_from(
            [
                {"type": "SGD", "momentum": 0.9, "nesterov": True},
                {"type": "Adam", "learning_rate": 0.01, "clipnorm": 1.0},
                {"type": "AdamW", "weight_decay": 0.1, "use_ema": True},
                {"type": "LossScaleOptimizer", "inner_optimizer": {"type": "SGD"}},
                {"type": "SGD", "learning_rate": {"type": "CosineDecay", **REQUIRED["CosineDecay"]}},
                {"type": "RMSprop", "gradient_accumulation_steps": 2},
            ]
        ),
    )


def objects(name: str) -> st.SearchStrategy[Any]:
    """Anything of a family: by name, or with arguments."""
    known = family(name)
    return st.one_of(st.sampled_from(sorted(known.names)), st.sampled_from(list(known)).flatmap(with_arguments))


def with_arguments(entry: Entry) -> st.SearchStrategy[Any]:
    """An object with what it must have, and up to two arguments more."""
    schema = published(entry.model)
    optional = {name: drawn(one, schema) for name, one in schema["properties"].items()}
    few = st.dictionaries(st.sampled_from(sorted(optional)), st.none(), max_size=2)
    return few.flatmap(lambda names: st.fixed_dictionaries({name: optional[name] for name in names})).map(
        lambda some: {"type": entry.name, **REQUIRED.get(entry.name, {}), **some}
    )


Change = Callable[[Draw, Spec], None]


def some_output(draw: Draw, spec: Spec) -> str:
    return str(draw(st.sampled_from(sorted(spec["outputs"]))))


def some_node(draw: Draw, spec: Spec) -> Node:
    nodes = [one for one in spec.get("nodes", {}).values() if "share" not in one]
    found: Node = draw(st.sampled_from(nodes)) if nodes else {}
    return found


def any_loss(draw: Draw, spec: Spec) -> None:
    spec["compile"]["loss"][some_output(draw, spec)] = draw(objects("losses"))


def any_metric(draw: Draw, spec: Spec) -> None:
    measured = spec["compile"].setdefault(draw(st.sampled_from(["metrics", "weighted_metrics"])), {})
    measured.setdefault(some_output(draw, spec), []).append(draw(objects("metrics")))


def other_layer(draw: Draw, spec: Spec) -> None:
    """Other arguments for a layer: activation, units, dtype, frozen."""
    node = some_node(draw, spec)
    kind = draw(st.sampled_from(["activation", "units", "trainable", "dtype"]))
    if kind in node or (kind == "trainable" and "type" in node) or kind == "dtype":
        node[kind] = draw(
            {
                "activation": st.sampled_from([None, *sorted(family("activations").functions)]),
                "units": st.integers(1, 4),
                "trainable": st.just(value=False),
                "dtype": st.sampled_from(["float16", "float64", "bfloat16", "mixed_float16", "float32"]),
            }[kind]
        )


def freeze_all(draw: Draw, spec: Spec) -> None:
    for node in spec.get("nodes", {}).values():
        if "type" in node:
            node["trainable"] = False


def misspell(draw: Draw, spec: Spec) -> None:
    section = spec["compile"].get(draw(st.sampled_from(["loss", "loss_weights", "metrics", "weighted_metrics"])))
    if isinstance(section, dict) and section:
        key = draw(st.sampled_from(sorted(section)))
        section[draw(st.sampled_from([f"{key}s", "loss", *spec.get("nodes", {})]))] = section.pop(key)


def without_loss(draw: Draw, spec: Spec) -> None:
    spec["compile"]["loss"].pop(some_output(draw, spec), None)


def not_trained(draw: Draw, spec: Spec) -> None:
    spec["compile"]["loss"][some_output(draw, spec)] = None


def weighted(draw: Draw, spec: Spec) -> None:
    weight = draw(st.sampled_from([0, 0.5, -1, 3]))
    spec["compile"].setdefault("loss_weights", {})[some_output(draw, spec)] = weight


def other_target(draw: Draw, spec: Spec) -> None:
    output = some_output(draw, spec)
    one = spec["outputs"][output]
    declared = dict(one) if isinstance(one, dict) else {"from": one}
    target = dict(declared.get("target", {}))
    kind = draw(st.sampled_from(["shape", "dtype", "classes", "less", "more"]))
    if kind == "dtype":
        target["dtype"] = draw(st.sampled_from(["int32", "float32", "uint8", "bool", "float64", "string", "int64"]))
    elif kind == "classes":
        target["classes"] = draw(st.integers(2, 5))
    elif kind == "shape" or not target.get("shape"):
        target["shape"] = draw(st.lists(st.sampled_from([1, 2, 3, 4, 6]), max_size=3))
    else:
        target["shape"] = target["shape"][:-1] if kind == "less" else [*target["shape"], 1]
    spec["outputs"][output] = {**declared, "target": target}


def block(draw: Draw, spec: Spec) -> None:
    """Put a node on an edge."""
    edges = spec.get("edges", [])
    if edges:
        edge = draw(st.sampled_from(edges))
        spec["nodes"]["between"] = dict(draw(st.sampled_from(BLOCKERS)))
        edges[edges.index(edge)] = [edge[0], "between", edge[1]]


def other_source(draw: Draw, spec: Spec) -> None:
    """An output of another node, or of an input."""
    output = some_output(draw, spec)
    one, other = spec["outputs"][output], draw(st.sampled_from([*spec["inputs"], *spec.get("nodes", {})]))
    spec["outputs"][output] = {**one, "from": other} if isinstance(one, dict) else other


def once_more(draw: Draw, spec: Spec) -> None:
    """One more output of a node that is one already, with a loss of its own."""
    output = some_output(draw, spec)
    spec["outputs"]["again"] = spec["outputs"][output]
    loss = spec["compile"]["loss"].get(output)
    spec["compile"]["loss"]["again"] = draw(st.one_of(st.just(loss), st.just("mse"), objects("losses")))


def masked(draw: Draw, spec: Spec) -> None:
    for node in spec.get("nodes", {}).values():
        if node.get("type") == "Embedding":
            node["mask_zero"] = True


def other_input(draw: Draw, spec: Spec) -> None:
    one = spec["inputs"][draw(st.sampled_from(sorted(spec["inputs"])))]
    kind = draw(st.sampled_from(["unknown", "size", "rank", "dtype", "batch"]))
    if kind == "dtype":
        one["dtype"] = draw(st.sampled_from(["int32", "float32", "float64", "float16", "uint8", "bool"]))
    elif kind == "batch":
        one["batch_size"] = 6
    elif kind == "rank":
        one["shape"] = [*one["shape"], 2] if len(one["shape"]) < 3 else one["shape"][:-1]
    elif kind == "unknown" and one["shape"][:1] == [SIZE]:
        one["shape"][0] = None
    elif one["shape"]:
        one["shape"][draw(st.integers(0, len(one["shape"]) - 1))] = draw(st.integers(1, 7))


def policy(draw: Draw, spec: Spec) -> None:
    spec["dtype_policy"] = draw(st.sampled_from(["mixed_float16", "mixed_bfloat16", "float64", "float16"]))
    if draw(st.booleans()):
        for one in spec["outputs"].values():
            name = one["from"] if isinstance(one, dict) else one
            if "type" in spec.get("nodes", {}).get(name, {}):
                spec["nodes"][name]["dtype"] = "float32"


def frozen_norm(draw: Draw, spec: Spec) -> None:
    for node in spec.get("nodes", {}).values():
        if node.get("type") == "BatchNormalization":
            node["trainable"] = False


def one_loss(draw: Draw, spec: Spec) -> None:
    """What Keras takes beside maps, and the language does not."""
    loss = spec["compile"]["loss"]
    spec["compile"]["loss"] = draw(st.sampled_from(["mse", [*loss.values()]]))


CHANGES: tuple[Change, ...] = (
    any_loss, any_loss, any_loss, any_metric, any_metric, any_metric, other_layer, other_layer, other_layer, freeze_all,
    misspell, without_loss, not_trained, weighted, other_target, other_target, block, block, other_source, once_more,
    masked, other_input, policy, frozen_norm, one_loss,
)  # fmt: skip


@st.composite
def any_spec(draw: st.DrawFn) -> Spec:
    """A model of which much may be told: what goes together is mixed up with what does not."""
    spec = draw(sensible())
    for _ in range(draw(st.integers(1, 3))):
        change = draw(st.sampled_from(CHANGES))
        try:
            change(draw, spec)
        except (AttributeError, TypeError):
            # What was changed before is a list now, or a single loss.
            continue
    return spec
