// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/query_bar.h"

#include "widgets/document.h"
#include "widgets/selection_hub.h"
#include "widgets/text.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>

namespace bitwright {

QueryBar::QueryBar(Document* document, SelectionHub* selection, QWidget* parent)
    : QWidget(parent), m_document(document), m_selection(selection), m_field(new QLineEdit), m_status(new QLabel)
{
    m_field->setObjectName(QStringLiteral("queryField"));
    m_field->setAccessibleName(tr("Find layers"));
    m_field->setPlaceholderText(tr("Find layers:  name   op:Dense   wbits<6   lut>1k   is:locked"));
    m_field->setClearButtonEnabled(true);
    m_field->setMinimumWidth(fontMetrics().averageCharWidth() * 34);
    m_field->setToolTip(tr("Part of a name, /regular expression/, op:Dense, name:fc*, in:64, out:5, is:locked, is:unsupported,\n"
                           "wbits<6, rbits>=16, reuse>1, lut>1k, latency>=10, sqnr<30, sat>0.1%.\n"
                           "A blank means and, | means or, - means not; parentheses group."));
    m_field->installEventFilter(this);
    m_status->setMinimumWidth(fontMetrics().averageCharWidth() * 10);
    m_status->setForegroundRole(QPalette::PlaceholderText);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(4, 0, 4, 0);
    row->addWidget(m_field, 1);
    row->addWidget(m_status);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(m_field, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_query = LayerQuery::parse(text);
        run();
    });
    const auto moved = [this] {
        m_areFactsOld = true;
        if (!m_query.isEmpty())
            run();
    };
    connect(document, &Document::designChanged, this, moved);
    connect(document, &Document::costChanged, this, moved);
    connect(document, &Document::configurationChanged, this, moved);
    connect(document, &Document::statisticsChanged, this, moved);
}

QString QueryBar::statusText() const
{
    return m_status->text();
}

void QueryBar::open()
{
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void QueryBar::clear()
{
    m_field->clear();
}

void QueryBar::run()
{
    const DesignView& view = m_document->view();
    m_hits.clear();
    std::vector<bool> hits;
    if (view && !m_query.isEmpty()) {
        if (m_areFactsOld)
            m_facts = layerFacts(view);
        m_areFactsOld = false;
        const QStringList& ids = m_selection->selected();
        hits = m_query.run(view, m_facts, QSet<QString>(ids.begin(), ids.end()));
        for (std::size_t i = 0; i < hits.size(); ++i)
            if (hits[i])
                m_hits.append(toQString((*view.layers)[i].id));
    }
    const bool isBad = !m_query.problem().isEmpty();
    m_status->setText(isBad             ? tr("not readable")
                      : m_query.isEmpty() ? QString()
                                          : tr("%1 of %2").arg(m_hits.size()).arg(view.layerCount()));
    m_status->setToolTip(m_query.problem());
    m_status->setProperty("role", isBad ? QStringLiteral("error") : QString());
    m_field->setProperty("invalid", isBad);
    Q_EMIT hitsChanged(hits, m_hits);
}

void QueryBar::step(int direction)
{
    if (m_hits.isEmpty())
        return;
    const qsizetype at = m_hits.indexOf(m_selection->current());
    const qsizetype count = m_hits.size();
    const qsizetype next = at < 0 ? (direction > 0 ? 0 : count - 1) : (at + direction + count) % count;
    m_selection->selectOnly(m_hits[next]);
}

bool QueryBar::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
        if (key->modifiers() & Qt::ControlModifier)
            m_selection->select(m_hits);
        else
            step(key->modifiers() & Qt::ShiftModifier ? -1 : 1);
        return true;
    }
    if (key->key() == Qt::Key_Escape) {
        clear();
        Q_EMIT left();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace bitwright
