"""The Pydantic models -> the JSON Schema for editors (draft 2020-12).

Objects are told apart by their `type`, each with an `if` of its own, so that an editor completes the arguments of the
class that is written and says what is wrong with those, not that several schemas might match.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from netwright.arguments import Arguments, published
from netwright.layer import ActivationType, Layer, find_layer, layer_names
from netwright.objects import Family, family
from netwright.prose import sentence, summary
from netwright.spec import ENDPOINT, Budget, Compile, Input, NodeKeys, Output, Spec, Target

FAMILIES = ("initializers", "regularizers", "constraints", "losses", "metrics", "optimizers", "schedules")
Schema = dict[str, Any]


def document() -> Schema:
    """The whole JSON Schema."""
    layers = [layer for name in layer_names() if (layer := find_layer(name))]
    endpoint = {"type": "string", "pattern": f"^{ENDPOINT}$"}
    stop = {"anyOf": [endpoint, {"type": "array", "items": endpoint, "minItems": 1}]}
    definitions: Schema = {
        "input": of_model(Input),
        "output": of_model(Output),
        "target": of_model(Target),
        "compile": of_model(Compile),
        "budget": of_model(Budget),
        "path": {"type": "array", "items": stop, "minItems": 2},
        "node": _dispatch("node", [one.__name__ for one in layers if not one.nested_only], "the layer of this node"),
        "layer": _dispatch("layer", [layer.__name__ for layer in layers], "the type of the layer"),
        "activations": _activations(),
    }
    for layer in layers:
        definitions[f"node.{layer.__name__}"] = _node(layer)
        definitions[f"layer.{layer.__name__}"] = _nested(layer)
    for name in FAMILIES:
        definitions |= _family(name, family(name))
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "netwright spec, version 1"}
    return {**head, **of_model(Spec), "$defs": definitions}


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
    schema = of_model(layer)
    call = of_model(layer.Call)
    call.pop("description")
    call["description"] = "call arguments that are not tensors"
    beside = of_model(NodeKeys)["properties"]
    kind = {"const": layer.__name__, "description": schema["description"]}
    schema["properties"] = {"type": kind, **schema.get("properties", {}), "call": call, **beside}
    schema["required"] = ["type", *schema.get("required", ())]
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
        "allOf": [
            {
                "if": {"required": ["type"], "properties": {"type": {"const": name}}},
                "then": {"$ref": f"#/$defs/{prefix}.{name}"},
            }
            for name in names
        ],
    }


def _family(name: str, known: Family) -> Schema:
    """The definitions of a family: a name or an object, an object alone, and an object of each class."""
    docs = {alias: entry.doc if entry else known.functions[alias] for alias, entry in known.names.items()}
    words = {"enum": list(docs), "enumDescriptions": list(docs.values())}
    found: Schema = {
        name: {"anyOf": [words, {"$ref": f"#/$defs/{name}.object"}]},
        f"{name}.object": _dispatch(name, known.entries, f"the class of the {known.noun}"),
    }
    for entry in known:
        schema = of_model(entry.model)
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
