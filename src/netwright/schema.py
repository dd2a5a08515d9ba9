"""The Pydantic models -> the JSON Schema for editors (draft 2020-12).

Objects are told apart by their `type`, or nodes by their `op`, each with an `if` of its own, so that an editor
completes the arguments of what is written and says what is wrong with those, not that several schemas might match.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from netwright.arguments import Arguments, published
from netwright.layer import ActivationType, Layer, find_layer, layer_names
from netwright.objects import Family, family
from netwright.op import Op, find_op, op_names
from netwright.params import FIXED
from netwright.prose import sentence, summary
from netwright.spec import (
    ENDPOINT,
    Block,
    BlockUse,
    Bounds,
    Budget,
    Compile,
    Input,
    Library,
    NodeKeys,
    Output,
    Param,
    Share,
    Spec,
    Target,
)

FAMILIES = ("initializers", "regularizers", "constraints", "losses", "metrics", "optimizers", "schedules")
Schema = dict[str, Any]


def document() -> Schema:
    """The whole JSON Schema."""
    layers = [layer for name in layer_names() if (layer := find_layer(name))]
    ops = [op for name in op_names() if (op := find_op(name))]
    endpoint = {"type": "string", "pattern": f"^{ENDPOINT}$"}
    stop = {"anyOf": [endpoint, {"type": "array", "items": endpoint, "minItems": 1}]}
    definitions: Schema = {
        "input": _opened(of_model(Input), "shape"),
        "output": of_model(Output),
        "target": _opened(of_model(Target)),
        "compile": _opened(of_model(Compile)),
        "budget": of_model(Budget),
        "param": of_model(Param),
        "bounds": of_model(Bounds),
        "block": of_model(Block),
        "node.block": _opened(of_model(BlockUse), "with", "repeat"),
        "node.share": _opened(of_model(Share), "call"),
        "expression": {"type": "string", "pattern": r"^\$\{.*\}$", "description": "a value made from params"},
        "path": {"type": "array", "items": stop, "minItems": 2},
        "node": _any_node([one.__name__ for one in layers if not one.nested_only], ops),
        "layer": _dispatch("layer", [layer.__name__ for layer in layers], "the type of the layer"),
        "activations": _activations(),
    }
    for layer in layers:
        definitions[f"node.{layer.__name__}"] = _node(layer)
        definitions[f"layer.{layer.__name__}"] = _nested(layer)
    for op in ops:
        definitions[f"op.{op.kind()}"] = _op(op)
    for name in FAMILIES:
        definitions |= _family(name, family(name))
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "netwright spec, version 1"}
    return {**head, **_root(), "$defs": definitions}


def _root() -> Schema:
    """A spec, or a library: what has blocks, and neither inputs nor outputs."""
    spec = of_model(Spec)
    needed = spec.pop("required")
    apart = [key for key in spec["properties"] if key not in of_model(Library)["properties"]]
    library = {"required": ["netwright", "blocks"], "properties": dict.fromkeys(apart, False)}
    neither = {"not": {"anyOf": [{"required": ["inputs"]}, {"required": ["outputs"]}]}}
    return {**spec, "if": {"required": ["blocks"], **neither}, "then": library, "else": {"required": needed}}


def _opened(schema: Schema, *only: str) -> Schema:
    """The schema of an object in which expressions may stand for values; for those of `only`, if it names some."""
    properties = {
        key: _or_expression(one) if key not in FIXED and (not only or key in only) else one
        for key, one in schema.get("properties", {}).items()
    }
    return {**schema, "properties": properties}


def _or_expression(schema: Schema) -> Schema:
    """A value, or an expression for it or for a part of it."""
    rest = {key: item for key, item in schema.items() if key not in ("description", "default")}
    beside: Schema = {key: schema[key] for key in ("description", "default") if key in schema}
    return {**beside, "anyOf": [_parts_opened(rest), {"$ref": "#/$defs/expression"}]}


def _parts_opened(schema: Schema) -> Schema:
    """A value of which parts may be expressions."""
    found = dict(schema)
    if "items" in found:
        found["items"] = _or_expression(found["items"])
    if isinstance(found.get("additionalProperties"), dict):
        found["additionalProperties"] = _or_expression(found["additionalProperties"])
    if "anyOf" in found:
        found["anyOf"] = [_parts_opened(one) for one in found["anyOf"]]
    return found


def of_model(model: type[Arguments]) -> Schema:
    """The schema of one model, with a sentence for each of its arguments."""
    schema = published(model)
    schema.pop("title", None)
    schema["description"] = summary(model)
    for key, one in schema.get("properties", {}).items():
        one.pop("title", None)
        if words := sentence(model, key):
            one["description"] = words
    return schema


def _node(layer: type[Layer]) -> Schema:
    """A node of one type: the layer's arguments, its call arguments, and what every node may have."""
    schema = _opened(of_model(layer))
    call = _opened(of_model(layer.Call))
    call.pop("description")
    call["description"] = "call arguments that are not tensors"
    beside = of_model(NodeKeys)["properties"]
    kind = {"const": layer.__name__, "description": schema["description"]}
    schema["properties"] = {"type": kind, **schema.get("properties", {}), "call": call, **beside}
    schema["required"] = ["type", *schema.get("required", ())]
    return schema


def _any_node(layers: list[str], ops: list[type[Op]]) -> Schema:
    """A node: a layer, an op, the use of a block, or one that shares."""
    node = _dispatch("node", layers, "the layer of this node")
    # One question before hundreds: validators ask each of them of each node.
    node["allOf"] = [{"if": {"required": ["type"]}, "then": {"allOf": node["allOf"]}}]
    names = [op.kind() for op in ops]
    words = {"enum": names, "enumDescriptions": [summary(op) for op in ops]}
    node["properties"]["op"] = {**words, "description": "the function of `keras.ops` that this node is"}
    node["allOf"].append({"if": {"required": ["op"]}, "then": {"allOf": _cases("op", names, "op")}})
    del node["required"]
    other = {"if": {"required": ["share"]}, "then": {"$ref": "#/$defs/node.share"}, "else": {"required": ["type"]}}
    other = {"if": {"required": ["block"]}, "then": {"$ref": "#/$defs/node.block"}, "else": other}
    for key, model in (("block", BlockUse), ("share", Share)):
        node["properties"][key] = {"description": sentence(model, key)}
    return {**node, "if": {"required": ["op"]}, "else": other}


def _op(op: type[Op]) -> Schema:
    """A node that is an op: its arguments, and what every node may have."""
    schema = _opened(of_model(op))
    kind = {"const": op.kind(), "description": schema["description"]}
    schema["properties"] = {"op": kind, **schema.get("properties", {}), **of_model(NodeKeys)["properties"]}
    schema["required"] = ["op", *schema.get("required", ())]
    return schema


def _nested(layer: type[Layer]) -> Schema:
    """The same layer inside another: its arguments only."""
    full = _node(layer)
    keys = [key for key in full["properties"] if key not in ("call", *NodeKeys.model_fields)]
    references = {key: {"$ref": f"#/$defs/node.{layer.__name__}/properties/{key}"} for key in keys}
    return {**full, "properties": references}


def _dispatch(prefix: str, names: Iterable[str], words: str) -> Schema:
    """An object whose `type` says which definition holds for it."""
    names = list(names)
    return {
        "type": "object",
        "required": ["type"],
        "properties": {"type": {"enum": names, "description": words}},
        "allOf": _cases("type", names, prefix),
    }


def _cases(key: str, names: list[str], prefix: str) -> list[Schema]:
    """For each name that may stand at `key`, the definition that then holds."""
    return [
        {
            "if": {"required": [key], "properties": {key: {"const": name}}},
            "then": {"$ref": f"#/$defs/{prefix}.{name}"},
        }
        for name in names
    ]


def _family(name: str, known: Family) -> Schema:
    """The definitions of a family: a name or an object, an object alone, and an object of each class."""
    docs = {alias: entry.doc if entry else known.functions[alias] for alias, entry in known.names.items()}
    words = {"enum": list(docs), "enumDescriptions": list(docs.values())}
    found: Schema = {
        name: {"anyOf": [words, {"$ref": f"#/$defs/{name}.object"}]},
        f"{name}.object": _dispatch(name, known.entries, f"the class of the {known.noun}"),
    }
    for entry in known:
        schema = _opened(of_model(entry.model))
        schema["description"] = entry.doc
        kind = {"const": entry.name, "description": entry.doc}
        schema["properties"] = {"type": kind, **schema.get("properties", {})}
        schema["required"] = ["type", *schema.get("required", ())]
        found[f"{name}.{entry.name}"] = schema
    return found


def _activations() -> Schema:
    """An activation: a name, or one of the layers that are activations."""
    known = family("activations")
    words = {"enum": list(known.functions), "enumDescriptions": list(known.functions.values())}
    return {"anyOf": [words, ActivationType().layer_schema()]}
