// SPDX-License-Identifier: GPL-3.0-or-later
/// What the selected layers cost, and why: each figure with the terms that add up to it.
#pragma once

#include <QTreeWidget>

#include "widgets/design_view.h"

namespace bitwright {

class CostTree final : public QTreeWidget {
    Q_OBJECT
public:
    explicit CostTree(QWidget* parent = nullptr);

    /// Shows the sum over @p layers; over the whole design where there are none.
    void show(const DesignView& view, const QStringList& layers);

    QSize sizeHint() const override;

private:
    void addFigure(const QString& title, const QString& target, const Amount& amount,
                   const std::vector<CostTerm>& terms, bool isStale);
};

} // namespace bitwright
