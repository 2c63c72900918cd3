// SPDX-License-Identifier: GPL-3.0-or-later
/// Recursive descent over the query language; the depth of parentheses is bounded.
#pragma once

#include <memory>
#include <vector>

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

#include "widgets/layer_query.h"

namespace bitwright {

struct LayerQuery::Term {
    enum class Kind { All, Any, Not, Text, Pattern, Name, Type, InputShape, OutputShape, State, Number };
    Kind kind = Kind::All;
    std::vector<std::shared_ptr<const Term>> parts;
    QString text; ///< what to find; the key of a number; "8×8" for shapes
    QRegularExpression pattern;
    QString comparison; ///< "<", ">=", ...
    double number = 0;
};

class LayerQueryParser {
    Q_DECLARE_TR_FUNCTIONS(LayerQueryParser)
public:
    using TermPointer = std::shared_ptr<const LayerQuery::Term>;

    explicit LayerQueryParser(const QString& text);

    /// nullptr for the empty query.
    TermPointer parse();
    const QString& problem() const { return m_problem; }

private:
    void tokenise(const QString& text);
    TermPointer any(int depth);
    TermPointer all(int depth);
    TermPointer factor(int depth);
    TermPointer condition(const QString& token);
    TermPointer keyed(const QString& key, const QString& value);
    TermPointer compared(const QString& key, const QString& comparison, const QString& value);
    TermPointer refuse(const QString& sentence);
    QString next() const { return m_at < m_tokens.size() ? m_tokens[m_at] : QString(); }

    QStringList m_tokens;
    qsizetype m_at = 0;
    QString m_problem;
};

} // namespace bitwright
