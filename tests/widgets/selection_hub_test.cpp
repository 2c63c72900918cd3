// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/selection_hub.h"

#include <QSignalSpy>

#include <gtest/gtest.h>

namespace bitwright {
namespace {

const QString kA = QStringLiteral("a");
const QString kB = QStringLiteral("b");
const QString kC = QStringLiteral("c");

TEST(SelectionHub, KeepsTheOrderAndDropsRepetitions)
{
    SelectionHub hub;
    hub.select({kB, kA, kB, QString(), kC});
    EXPECT_EQ(hub.selected(), QStringList({kB, kA, kC}));
    EXPECT_EQ(hub.current(), kC);
    hub.select({kB, kA}, kB);
    EXPECT_EQ(hub.current(), kB);
}

TEST(SelectionHub, CurrentIsAlwaysSelected)
{
    SelectionHub hub;
    hub.setCurrent(kA);
    EXPECT_TRUE(hub.contains(kA));
    hub.toggle(kB);
    EXPECT_EQ(hub.current(), kB);
    hub.toggle(kB);
    EXPECT_EQ(hub.current(), kA);
    hub.toggle(kA);
    EXPECT_TRUE(hub.current().isEmpty());
    EXPECT_TRUE(hub.isEmpty());
}

TEST(SelectionHub, TellsChangesAndNothingElse)
{
    SelectionHub hub;
    QSignalSpy set(&hub, &SelectionHub::selectionChanged);
    QSignalSpy current(&hub, &SelectionHub::currentChanged);
    hub.select({kA, kB}, kA);
    hub.select({kA, kB}, kA);
    EXPECT_EQ(set.count(), 1);
    EXPECT_EQ(current.count(), 1);
    hub.setCurrent(kB);
    EXPECT_EQ(set.count(), 1);
    EXPECT_EQ(current.count(), 2);
}

TEST(SelectionHub, ForgetsWhatNoLongerExists)
{
    SelectionHub hub;
    hub.select({kA, kB, kC}, kC);
    hub.keepOnly({kA, kB});
    EXPECT_EQ(hub.selected(), QStringList({kA, kB}));
    EXPECT_EQ(hub.current(), kB);
}

} // namespace
} // namespace bitwright
