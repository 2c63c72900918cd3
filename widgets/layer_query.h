// SPDX-License-Identifier: GPL-3.0-or-later
/// The query language of search bar and table (gui.md 3.5).
#pragma once

#include <memory>
#include <vector>

#include <QSet>
#include <QString>

#include "widgets/design_view.h"
#include "widgets/layer_facts.h"

namespace bitwright {

/// `text` (part of name, type or node) · `/regex/` · `op:Dense` · `name:fc*` · `in:64` `out:5` · `wbits<6` `abits>=8` `rbits`
/// `reuse>1` · any number column: `lut>1k` `sqnr<30` `sat>0.1%` `latency>=10` · `is:locked` `is:unsupported` `is:selected`
/// `is:edited` `is:noted` `is:warned` · blank = and, `|` = or, `-` = not, parentheses.
class LayerQuery {
public:
    struct Term; ///< node of the parsed expression

    LayerQuery() = default;

    /// Never fails: what cannot be read is named by `problem()`, and the rest still counts.
    static LayerQuery parse(const QString& text);

    bool isEmpty() const { return m_root == nullptr; }
    /// One sentence about the first part that could not be read; empty when all is well.
    const QString& problem() const { return m_problem; }

    struct Context {
        const DesignView& view;
        const QSet<QString>& selected;
    };
    bool matches(const Layer& layer, const LayerFacts& facts, const Context& context) const;
    /// Per layer of the view, whether it matches.
    std::vector<bool> run(const DesignView& view, const std::vector<LayerFacts>& facts,
                          const QSet<QString>& selected) const;

private:
    std::shared_ptr<const Term> m_root;
    QString m_problem;
};

} // namespace bitwright
