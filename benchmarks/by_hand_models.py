"""The architectures of specs/ as people write them in Keras: what the specs are compared with, line by line."""

from __future__ import annotations

import keras
from keras import layers, ops


def resnet50(size: int = 224, classes: int = 1000) -> keras.Model:
    """`specs/resnet50.json`."""

    def conv(x: keras.KerasTensor, filters: int, kernel_size: int = 1, strides: int = 1) -> keras.KerasTensor:
        x = layers.Conv2D(filters, kernel_size, strides, padding="same")(x)
        return layers.BatchNormalization(epsilon=1.001e-5)(x)

    def bottleneck(x: keras.KerasTensor, filters: int, strides: int, *, project: bool) -> keras.KerasTensor:
        shortcut = conv(x, 4 * filters, strides=strides) if project else x
        x = layers.ReLU()(conv(x, filters, strides=strides))
        x = layers.ReLU()(conv(x, filters, 3))
        x = layers.Add()([conv(x, 4 * filters), shortcut])
        return layers.ReLU()(x)

    def stage(x: keras.KerasTensor, filters: int, depth: int, strides: int = 2) -> keras.KerasTensor:
        for index in range(depth):
            x = bottleneck(x, filters, strides if index == 0 else 1, project=index == 0)
        return x

    image = keras.Input((size, size, 3), name="image")
    x = layers.ZeroPadding2D(3)(image)
    x = layers.Conv2D(64, 7, 2)(x)
    x = layers.BatchNormalization(epsilon=1.001e-5)(x)
    x = layers.ReLU()(x)
    x = layers.ZeroPadding2D(1)(x)
    x = layers.MaxPooling2D(3, 2)(x)
    x = stage(x, 64, 3, strides=1)
    x = stage(x, 128, 4)
    x = stage(x, 256, 6)
    x = stage(x, 512, 3)
    x = layers.GlobalAveragePooling2D()(x)
    label = layers.Dense(classes, activation="softmax", name="label")(x)
    model = keras.Model({"image": image}, {"label": label})
    model.compile(
        optimizer=keras.optimizers.SGD(0.1, momentum=0.9),
        loss={"label": "sparse_categorical_crossentropy"},
        metrics={"label": ["accuracy"]},
    )
    return model


def mobilenet_v2(size: int = 224, classes: int = 1000) -> keras.Model:
    """`specs/mobilenet_v2.json`."""

    def conv_norm(x: keras.KerasTensor, filters: int, kernel_size: int = 1, strides: int = 1) -> keras.KerasTensor:
        x = layers.Conv2D(filters, kernel_size, strides, padding="same", use_bias=False)(x)
        return layers.BatchNormalization(momentum=0.999)(x)

    def conv_relu6(x: keras.KerasTensor, filters: int, kernel_size: int = 1, strides: int = 1) -> keras.KerasTensor:
        return layers.ReLU(max_value=6.0)(conv_norm(x, filters, kernel_size, strides))

    def inverted(x: keras.KerasTensor, filters: int, strides: int, expansion: int) -> keras.KerasTensor:
        before, channels = x, x.shape[-1]
        if expansion > 1:
            x = conv_relu6(x, expansion * channels)
        x = layers.DepthwiseConv2D(3, strides, padding="same", use_bias=False)(x)
        x = layers.BatchNormalization(momentum=0.999)(x)
        x = layers.ReLU(max_value=6.0)(x)
        x = conv_norm(x, filters)
        return layers.Add()([before, x]) if channels == filters else x

    def stage(
        x: keras.KerasTensor, filters: int, depth: int, strides: int = 2, expansion: int = 6
    ) -> keras.KerasTensor:
        for index in range(depth):
            x = inverted(x, filters, strides if index == 0 else 1, expansion)
        return x

    image = keras.Input((size, size, 3), name="image")
    x = conv_relu6(image, 32, 3, 2)
    x = stage(x, 16, 1, strides=1, expansion=1)
    x = stage(x, 24, 2)
    x = stage(x, 32, 3)
    x = stage(x, 64, 4)
    x = stage(x, 96, 3, strides=1)
    x = stage(x, 160, 3)
    x = stage(x, 320, 1, strides=1)
    x = conv_relu6(x, 1280)
    x = layers.GlobalAveragePooling2D()(x)
    label = layers.Dense(classes, activation="softmax", name="label")(x)
    model = keras.Model({"image": image}, {"label": label})
    model.compile(
        optimizer=keras.optimizers.RMSprop(0.045, momentum=0.9),
        loss={"label": "sparse_categorical_crossentropy"},
        metrics={"label": ["accuracy"]},
    )
    return model


def unet(depth: int = 4, width: int = 64, classes: int = 2) -> keras.Model:
    """`specs/unet.json`."""

    def convs(x: keras.KerasTensor, filters: int) -> keras.KerasTensor:
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
        return layers.Conv2D(filters, 3, padding="same", activation="relu")(x)

    def level(x: keras.KerasTensor, filters: int, depth: int) -> keras.KerasTensor:
        x = convs(x, filters)
        if depth == 0:
            return x
        below = level(layers.MaxPooling2D()(x), 2 * filters, depth - 1)
        up = layers.Conv2DTranspose(filters, 2, 2)(below)
        return convs(layers.Concatenate()([x, up]), filters)

    image = keras.Input((256, 256, 3), name="image")
    mask = layers.Conv2D(classes, 1, activation="softmax", name="mask")(level(image, width, depth))
    model = keras.Model({"image": image}, {"mask": mask})
    model.compile(optimizer="adam", loss={"mask": "sparse_categorical_crossentropy"})
    return model


def transformer_classifier(
    vocabulary: int = 20000,
    length: int = 128,
    width: int = 128,
    heads: int = 4,
    depth: int = 4,
    dropout: float = 0.1,
    classes: int = 2,
) -> keras.Model:
    """`specs/transformer_classifier.json`, with the blocks that it imports."""
    tokens = keras.Input((length,), dtype="int32", name="tokens")
    mask = ops.not_equal(tokens, 0)
    positions = ops.cumsum(ops.ones_like(tokens), axis=1) - 1
    token = layers.Embedding(vocabulary, width)(tokens)
    x = layers.Add()([token, layers.Embedding(length, width)(positions)])
    for _ in range(depth):
        normed = layers.LayerNormalization()(x)
        attention = layers.MultiHeadAttention(heads, width // heads, dropout=dropout)
        x = layers.Add()([x, attention(query=normed, value=normed, value_mask=mask)])
        y = layers.LayerNormalization()(x)
        y = layers.Dense(4 * width, activation="gelu")(y)
        y = layers.Dense(width)(y)
        x = layers.Add()([x, layers.Dropout(dropout)(y)])
    x = layers.LayerNormalization()(x)
    x = layers.GlobalAveragePooling1D()(x, mask=mask)
    label = layers.Dense(classes, activation="softmax", name="class")(x)
    model = keras.Model({"tokens": tokens}, {"class": label})
    model.compile(
        optimizer=keras.optimizers.AdamW(3e-4),
        loss={"class": "sparse_categorical_crossentropy"},
        metrics={"class": ["accuracy"]},
    )
    return model


def seq2seq(units: int = 64, source_words: int = 5000, target_words: int = 6000) -> keras.Model:
    """`specs/seq2seq.json`."""
    source = keras.Input((None,), dtype="int32", name="source")
    before = keras.Input((None,), dtype="int32", name="before")
    read = layers.Embedding(source_words, units)(source)
    _, *states = layers.LSTM(units, return_state=True)(read, mask=ops.not_equal(source, 0))
    heard = layers.Embedding(target_words, units)(before)
    decode = layers.LSTM(units, return_sequences=True)
    decoded = decode(heard, mask=ops.not_equal(before, 0), initial_state=states)
    word = layers.Dense(target_words, activation="softmax", name="word")(decoded)
    model = keras.Model({"source": source, "before": before}, {"word": word})
    model.compile(optimizer="adam", loss={"word": "sparse_categorical_crossentropy"}, metrics={"word": ["accuracy"]})
    return model


def siamese() -> keras.Model:
    """`specs/siamese.json`."""
    tower = keras.Sequential(
        [
            keras.Input((64, 64, 3)),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(64, 3, activation="relu"),
            layers.GlobalAveragePooling2D(),
            layers.Dense(48),
            layers.UnitNormalization(),
        ]
    )
    left = keras.Input((64, 64, 3), name="left")
    right = keras.Input((64, 64, 3), name="right")
    distance = ops.absolute(layers.Subtract()([tower(left), tower(right)]))
    same = layers.Dense(1, activation="sigmoid", name="same")(distance)
    model = keras.Model({"left": left, "right": right}, {"same": same, "distance": distance})
    model.compile(
        optimizer="adam",
        loss={"same": "binary_crossentropy", "distance": None},
        metrics={"same": ["accuracy"]},
    )
    return model


def multimodal_multitask() -> keras.Model:
    """`specs/multimodal_multitask.json`."""
    photo = keras.Input((96, 96, 3), name="photo")
    title = keras.Input((None,), dtype="int32", name="title")
    facts = keras.Input((12,), name="facts")
    x = layers.Conv2D(32, 3, 2, activation="relu")(photo)
    x = layers.Conv2D(64, 3, 2, activation="relu")(x)
    photo_vector = layers.GlobalAveragePooling2D()(x)
    title_vector = layers.GRU(64)(layers.Embedding(10000, 64, mask_zero=True)(title))
    facts_vector = layers.Dense(32, activation="relu")(facts)
    fused = layers.Concatenate()([photo_vector, title_vector, facts_vector])
    trunk = layers.Dense(128, activation="relu")(fused)
    price = layers.Dense(1, name="price")(trunk)
    category = layers.Dense(20, activation="softmax", name="category")(trunk)
    tags = layers.Dense(50, activation="sigmoid", name="tags")(trunk)
    model = keras.Model(
        {"photo": photo, "title": title, "facts": facts},
        {"price": price, "category": category, "tags": tags, "embedding": trunk},
    )
    model.compile(
        optimizer=keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(1e-3, 10000)),
        loss={
            "price": "huber",
            "category": "sparse_categorical_crossentropy",
            "tags": "binary_crossentropy",
            "embedding": None,
        },
        loss_weights={"price": 0.1, "category": 1.0, "tags": 0.5},
        metrics={
            "price": ["mae"],
            "category": ["accuracy", keras.metrics.SparseTopKCategoricalAccuracy(k=3, name="top_3")],
            "tags": [keras.metrics.AUC(multi_label=True)],
        },
    )
    return model
