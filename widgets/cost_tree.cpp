// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cost_tree.h"

#include "widgets/text.h"

#include <QHeaderView>
#include <QSet>

#include <algorithm>

namespace bitwright {

namespace {

struct Figure {
    const char* title;
    const char* target;
    Amount Cost::*amount;
    bool is_time;
};

constexpr Figure kFigures[] = {
    {"LUT", "lut", &Cost::lut, false},
    {"FF", "ff", &Cost::ff, false},
    {"DSP", "dsp", &Cost::dsp, false},
    {"BRAM18", "bram", &Cost::bram, false},
    {"URAM", "uram", &Cost::uram, false},
    {QT_TRANSLATE_NOOP("CostTree", "Latency"), "latency_cycles", &Cost::latency_cycles, true},
    {QT_TRANSLATE_NOOP("CostTree", "Interval"), "ii", &Cost::initiation_interval_cycles, true},
};

void add(Cost& sum, const Cost& part)
{
    for (const Figure& figure : kFigures) {
        Amount& to = sum.*figure.amount;
        const Amount& from = part.*figure.amount;
        if (figure.is_time && figure.amount == &Cost::initiation_interval_cycles) {
            to.value = std::max(to.value, from.value);
            to.low = std::max(to.low, from.low);
            to.high = std::max(to.high, from.high);
            continue;
        }
        to.value += from.value;
        to.low += from.low;
        to.high += from.high;
    }
    sum.terms.insert(sum.terms.end(), part.terms.begin(), part.terms.end());
}

/// Costs of the selected layers added up; nothing when none has a cost.
std::optional<Cost> selectedCost(const DesignView& view, const QStringList& layers)
{
    if (!view.estimate)
        return std::nullopt;
    if (layers.isEmpty())
        return view.estimate->total;
    std::optional<Cost> sum;
    for (const QString& id : layers) {
        if (const Cost* cost = view.cost(toUtf8(id))) {
            if (!sum)
                sum.emplace();
            add(*sum, *cost);
        }
    }
    return sum;
}

} // namespace

CostTree::CostTree(QWidget* parent) : QTreeWidget(parent)
{
    setAccessibleName(tr("Cost"));
    setColumnCount(3);
    setHeaderLabels({tr("Cost"), tr("Amount"), tr("80 % interval, or source")});
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    header()->setStretchLastSection(true);
    const auto resized = [this] { updateGeometry(); };
    connect(this, &QTreeWidget::itemExpanded, this, resized);
    connect(this, &QTreeWidget::itemCollapsed, this, resized);
}

void CostTree::addFigure(const QString& title, const QString& target, const Amount& amount,
                         const std::vector<CostTerm>& terms, bool isStale)
{
    auto* item = new QTreeWidgetItem(this, {title, countText(amount.value),
                                            tr("%1 … %2").arg(countText(amount.low), countText(amount.high))});
    item->setData(0, Qt::UserRole, target);
    item->setTextAlignment(1, Qt::AlignRight);
    if (isStale) {
        item->setDisabled(true);
        item->setToolTip(0, tr("From before the last edit; it is being computed anew."));
    }
    for (const CostTerm& term : terms) {
        if (toQString(term.target) != target)
            continue;
        auto* child = new QTreeWidgetItem(item, {toQString(term.name), realText(term.amount, 5), toQString(term.source)});
        child->setTextAlignment(1, Qt::AlignRight);
        child->setToolTip(2, toQString(term.source));
    }
}

void CostTree::show(const DesignView& view, const QStringList& layers)
{
    QSet<QString> open;
    for (int i = 0; i < topLevelItemCount(); ++i)
        if (topLevelItem(i)->isExpanded())
            open.insert(topLevelItem(i)->data(0, Qt::UserRole).toString());
    clear();
    const std::optional<Cost> cost = selectedCost(view, layers);
    if (!cost) {
        new QTreeWidgetItem(this, {tr("No estimate")});
    } else {
        for (const Figure& figure : kFigures)
            addFigure(tr(figure.title), QString::fromLatin1(figure.target), (*cost).*figure.amount, cost->terms,
                      view.is_cost_stale);
    }
    for (int i = 0; i < topLevelItemCount(); ++i)
        topLevelItem(i)->setExpanded(open.contains(topLevelItem(i)->data(0, Qt::UserRole).toString()));
    updateGeometry();
}

QSize CostTree::sizeHint() const
{
    const int row = fontMetrics().height() + 6;
    int rows = topLevelItemCount();
    for (int i = 0; i < topLevelItemCount(); ++i)
        if (topLevelItem(i)->isExpanded())
            rows += topLevelItem(i)->childCount();
    return {240, header()->sizeHint().height() + row * rows + 8};
}

} // namespace bitwright
