// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/layer_query_parser.h"

#include "widgets/layer_columns.h"

#include <array>

namespace bitwright {

namespace {

using Term = LayerQuery::Term;

constexpr int kDeepest = 64;

LayerQueryParser::TermPointer make(Term term)
{
    return std::make_shared<const Term>(std::move(term));
}

LayerQueryParser::TermPointer makeText(Term::Kind kind, const QString& text)
{
    Term term;
    term.kind = kind;
    term.text = text;
    return make(std::move(term));
}

LayerQueryParser::TermPointer makePattern(Term::Kind kind, const QString& expression)
{
    Term term;
    term.kind = kind;
    term.pattern = QRegularExpression(expression, QRegularExpression::CaseInsensitiveOption);
    return make(std::move(term));
}

/// "1k", "0.1%", "2M", "30dB", "5ns".
std::optional<double> readNumber(const QString& text)
{
    static const QRegularExpression pattern(
        QStringLiteral("^([+-]?[0-9]*\\.?[0-9]+(?:e[+-]?[0-9]+)?)(k|M|G|%|dB|ns|us)?$"),
        QRegularExpression::CaseInsensitiveOption);
    const auto match = pattern.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    double value = match.captured(1).toDouble();
    const QString unit = match.captured(2).toLower();
    if (unit == QLatin1String("k"))
        value *= 1e3;
    else if (unit == QLatin1String("m"))
        value *= 1e6;
    else if (unit == QLatin1String("g"))
        value *= 1e9;
    else if (unit == QLatin1String("%"))
        value /= 100;
    return value;
}

bool isNumberKey(const QString& key)
{
    for (const char* known : {"wbits", "abits", "rbits", "reuse"})
        if (key == QLatin1String(known))
            return true;
    const int column = layerColumnIndex(key);
    return column >= 0 && layerColumns()[static_cast<std::size_t>(column)].kind == ColumnKind::Number;
}

} // namespace

LayerQueryParser::LayerQueryParser(const QString& text)
{
    tokenise(text);
}

void LayerQueryParser::tokenise(const QString& text)
{
    static const QRegularExpression token(
        QStringLiteral("/(?:[^/\\\\]|\\\\.)+/i?|[()|]|-(?=[^\\s])|[^\\s()|]+"));
    for (auto it = token.globalMatch(text); it.hasNext();)
        m_tokens.append(it.next().captured());
}

LayerQueryParser::TermPointer LayerQueryParser::refuse(const QString& sentence)
{
    if (m_problem.isEmpty())
        m_problem = sentence;
    return nullptr;
}

LayerQueryParser::TermPointer LayerQueryParser::parse()
{
    TermPointer root = any(0);
    if (m_at < m_tokens.size())
        (void)refuse(tr("There is a ')' without a '('."));
    return root;
}

LayerQueryParser::TermPointer LayerQueryParser::any(int depth)
{
    Term term;
    term.kind = Term::Kind::Any;
    for (;;) {
        if (TermPointer part = all(depth))
            term.parts.push_back(std::move(part));
        if (next() != QLatin1String("|"))
            break;
        ++m_at;
    }
    if (term.parts.size() < 2)
        return term.parts.empty() ? nullptr : term.parts.front();
    return make(std::move(term));
}

LayerQueryParser::TermPointer LayerQueryParser::all(int depth)
{
    Term term;
    while (m_at < m_tokens.size() && next() != QLatin1String("|") && next() != QLatin1String(")"))
        if (TermPointer part = factor(depth))
            term.parts.push_back(std::move(part));
    if (term.parts.size() < 2)
        return term.parts.empty() ? nullptr : term.parts.front();
    return make(std::move(term));
}

LayerQueryParser::TermPointer LayerQueryParser::factor(int depth)
{
    const QString token = m_tokens[m_at++];
    if (depth > kDeepest)
        return refuse(tr("The parentheses are nested too deeply."));
    if (token == QLatin1String("-")) {
        if (m_at >= m_tokens.size())
            return nullptr;
        TermPointer part = factor(depth + 1);
        if (!part)
            return nullptr;
        Term term;
        term.kind = Term::Kind::Not;
        term.parts.push_back(std::move(part));
        return make(std::move(term));
    }
    if (token == QLatin1String("(")) {
        TermPointer inner = any(depth + 1);
        if (next() == QLatin1String(")"))
            ++m_at;
        else
            (void)refuse(tr("A ')' is missing."));
        return inner;
    }
    return condition(token);
}

LayerQueryParser::TermPointer LayerQueryParser::condition(const QString& token)
{
    if (token.size() > 2 && token.startsWith(QLatin1Char('/'))) {
        const qsizetype end = token.lastIndexOf(QLatin1Char('/'));
        TermPointer term = makePattern(Term::Kind::Pattern, token.mid(1, end - 1));
        if (!term->pattern.isValid())
            return refuse(tr("'%1' is not a regular expression: %2.").arg(token, term->pattern.errorString()));
        return term;
    }
    static const QRegularExpression comparison(QStringLiteral("^([A-Za-z_]+)(<=|>=|!=|<|>|=)(.*)$"));
    if (const auto match = comparison.match(token); match.hasMatch())
        return compared(match.captured(1).toLower(), match.captured(2), match.captured(3));
    const qsizetype colon = token.indexOf(QLatin1Char(':'));
    if (colon > 0)
        return keyed(token.left(colon).toLower(), token.mid(colon + 1));
    return makeText(Term::Kind::Text, token);
}

LayerQueryParser::TermPointer LayerQueryParser::compared(const QString& key, const QString& comparison,
                                                         const QString& value)
{
    if (!isNumberKey(key))
        return refuse(tr("'%1' is not a number that layers have; try wbits, lut, dsp, latency or sqnr.").arg(key));
    const std::optional<double> number = readNumber(value);
    if (!number)
        return value.isEmpty() ? refuse(tr("A number is missing after '%1%2'.").arg(key, comparison))
                               : refuse(tr("'%1' is not a number.").arg(value));
    Term term;
    term.kind = Term::Kind::Number;
    term.text = key;
    term.comparison = comparison;
    term.number = *number;
    return make(std::move(term));
}

LayerQueryParser::TermPointer LayerQueryParser::keyed(const QString& key, const QString& value)
{
    const auto glob = [&value] { return QRegularExpression::wildcardToRegularExpression(value); };
    if (value.isEmpty())
        return refuse(tr("Something is missing after '%1:'.").arg(key));
    if (key == QLatin1String("op") || key == QLatin1String("type"))
        return makePattern(Term::Kind::Type, glob());
    if (key == QLatin1String("name"))
        return makePattern(Term::Kind::Name, glob());
    if (key == QLatin1String("in") || key == QLatin1String("out")) {
        QString shape = value;
        shape.remove(QLatin1Char('[')).remove(QLatin1Char(']'));
        shape.replace(QLatin1Char(','), QChar(0xD7)).replace(QLatin1Char('x'), QChar(0xD7));
        return makeText(key == QLatin1String("in") ? Term::Kind::InputShape : Term::Kind::OutputShape, shape);
    }
    if (key == QLatin1String("is")) {
        for (const char* state : {"locked", "unsupported", "selected", "edited", "noted", "warned"})
            if (value.compare(QLatin1String(state), Qt::CaseInsensitive) == 0)
                return makeText(Term::Kind::State, value.toLower());
        return refuse(tr("'%1' is not a state; try locked, unsupported, selected, edited, noted or warned.").arg(value));
    }
    return refuse(tr("'%1:' is not a field; try name:, op:, in:, out: or is:.").arg(key));
}

} // namespace bitwright
