// SPDX-License-Identifier: GPL-3.0-or-later
/// The columns of the layers table, as data: title, unit, where the value comes from (gui.md 3.3).
#pragma once

#include <optional>
#include <span>

#include <QString>

#include "widgets/design_view.h"
#include "widgets/layer_facts.h"

namespace bitwright {

enum class ColumnKind {
    Text,     ///< read only
    Format,   ///< `name` is a slot
    Tunable,  ///< `name` is a tunable
    Number,   ///< read only
    Lock,
    Note,
};

/// Which results a column's values depend on, and so when they are stale.
enum class ColumnSource { Always, Cost, Statistics };

/// What a cell's value is computed from.
struct LayerRow {
    const DesignView& view;
    const Layer& layer;
    const LayerFacts& facts;
};

struct LayerColumn {
    ColumnKind kind;
    ColumnSource source;
    const char* key;   ///< what the query language calls it: "lut"; for slots and tunables, their name
    const char* title; ///< translatable, context "LayerColumn"
    const char* help;  ///< one sentence
    int width;         ///< in average characters
    bool is_shown;     ///< by default
    QString (*text)(const LayerRow&);                  ///< Text columns
    std::optional<double> (*number)(const LayerRow&);  ///< Number columns; nothing is shown as "–"
    QString (*format)(double);                         ///< how numbers are written
    bool has_total;                                    ///< the totals row adds it up
};

std::span<const LayerColumn> layerColumns();
/// Index of the column with that key, or -1.
int layerColumnIndex(const QString& key);

} // namespace bitwright
