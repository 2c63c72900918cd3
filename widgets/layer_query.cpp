// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/layer_query.h"

#include "widgets/layer_columns.h"
#include "widgets/layer_query_parser.h"
#include "widgets/text.h"

#include <algorithm>

namespace bitwright {

namespace {

bool contains(std::string_view text, const QString& part)
{
    return toQString(text).contains(part, Qt::CaseInsensitive);
}

/// "8×8×3", as the parser writes shapes.
QString squeezed(QString shape)
{
    return shape.remove(QLatin1Char(' '));
}

bool anyNode(const Layer& layer, const auto& test)
{
    return std::any_of(layer.came_from.begin(), layer.came_from.end(),
                       [&test](const std::string& node) { return test(toQString(node)); });
}

/// The number that @p key names, if the layer has it.
std::optional<double> numberOf(const QString& key, const Layer& layer, const LayerFacts& facts,
                               const DesignView& view)
{
    const auto bits = [&](const char* slot) -> std::optional<double> {
        const auto format = view.effectiveFormat(layer.id, slot);
        return format ? std::optional<double>(widthBits(format->value)) : std::nullopt;
    };
    if (key == QLatin1String("wbits"))
        return bits(slots::kWeight);
    if (key == QLatin1String("abits"))
        return bits(slots::kAccumulator);
    if (key == QLatin1String("rbits"))
        return bits(slots::kResult);
    if (key == QLatin1String("reuse")) {
        const auto reuse = view.effectiveTunable(layer.id, tunables::kReuseFactor);
        const auto* value = reuse ? std::get_if<std::int64_t>(&reuse->value) : nullptr;
        return value ? std::optional<double>(static_cast<double>(*value)) : std::nullopt;
    }
    const int column = layerColumnIndex(key);
    if (column < 0 || !layerColumns()[static_cast<std::size_t>(column)].number)
        return std::nullopt;
    return layerColumns()[static_cast<std::size_t>(column)].number({view, layer, facts});
}

bool compare(double value, const QString& comparison, double limit)
{
    if (comparison == QLatin1String("<"))
        return value < limit;
    if (comparison == QLatin1String("<="))
        return value <= limit;
    if (comparison == QLatin1String(">"))
        return value > limit;
    if (comparison == QLatin1String(">="))
        return value >= limit;
    if (comparison == QLatin1String("!="))
        return value != limit;
    return value == limit;
}

bool hasState(const QString& state, const Layer& layer, const LayerQuery::Context& context)
{
    if (state == QLatin1String("unsupported"))
        return !layer.unsupported.empty();
    if (state == QLatin1String("selected"))
        return context.selected.contains(toQString(layer.id));
    const LayerSettings& settings = context.view.configuration->layer(layer.id);
    if (state == QLatin1String("locked"))
        return settings.is_locked;
    if (state == QLatin1String("noted"))
        return !settings.note.empty();
    if (state == QLatin1String("edited"))
        return context.view.isLayerEdited(layer.id);
    const auto warns = [&layer](const Diagnostic& finding) {
        const auto* where = std::get_if<LayerLocation>(&finding.where);
        return where && where->layer == layer.id;
    };
    const Diagnostics findings = context.view.findings();
    return std::any_of(findings.begin(), findings.end(), warns);
}

bool holds(const LayerQuery::Term& term, const Layer& layer, const LayerFacts& facts,
           const LayerQuery::Context& context)
{
    using Kind = LayerQuery::Term::Kind;
    const auto child = [&](const auto& part) { return holds(*part, layer, facts, context); };
    switch (term.kind) {
    case Kind::All: return std::all_of(term.parts.begin(), term.parts.end(), child);
    case Kind::Any: return std::any_of(term.parts.begin(), term.parts.end(), child);
    case Kind::Not: return !child(term.parts.front());
    case Kind::Text:
        return contains(layer.id, term.text) || contains(layer.type, term.text)
               || anyNode(layer, [&](const QString& node) { return node.contains(term.text, Qt::CaseInsensitive); });
    case Kind::Pattern:
        return term.pattern.match(toQString(layer.id)).hasMatch()
               || term.pattern.match(toQString(layer.type)).hasMatch()
               || anyNode(layer, [&](const QString& node) { return term.pattern.match(node).hasMatch(); });
    case Kind::Name: return term.pattern.match(toQString(layer.id)).hasMatch();
    case Kind::Type: return term.pattern.match(toQString(layer.type)).hasMatch();
    case Kind::InputShape: return squeezed(facts.input_shape) == term.text;
    case Kind::OutputShape: return squeezed(facts.output_shape) == term.text;
    case Kind::State: return hasState(term.text, layer, context);
    case Kind::Number: {
        const auto value = numberOf(term.text, layer, facts, context.view);
        return value && compare(*value, term.comparison, term.number);
    }
    }
    return false;
}

} // namespace

LayerQuery LayerQuery::parse(const QString& text)
{
    LayerQuery query;
    LayerQueryParser parser(text);
    query.m_root = parser.parse();
    query.m_problem = parser.problem();
    return query;
}

bool LayerQuery::matches(const Layer& layer, const LayerFacts& facts, const Context& context) const
{
    return !m_root || holds(*m_root, layer, facts, context);
}

std::vector<bool> LayerQuery::run(const DesignView& view, const std::vector<LayerFacts>& facts,
                                  const QSet<QString>& selected) const
{
    std::vector<bool> hits(view.layerCount(), true);
    if (isEmpty())
        return hits;
    const Context context{view, selected};
    for (std::size_t i = 0; i < hits.size(); ++i)
        hits[i] = matches((*view.layers)[i], facts[i], context);
    return hits;
}

} // namespace bitwright
