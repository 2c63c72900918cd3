// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/graph_view.h"
#include "widgets/graph_scene.h"
#include "widgets/selection_hub.h"
#include "widgets/text.h"
#include "widgets/theme.h"
#include "graph_pictures.h"

#include <QAccessible>
#include <QSignalSpy>
#include <QTest>

#include <gtest/gtest.h>

namespace bitwright {
namespace {

class GraphForReaders : public testing::Test {
protected:
    void SetUp() override
    {
        view.resize(500, 400);
        view.show();
        show(test::perceptronSummary());
        list = QAccessible::queryAccessibleInterface(&view);
        ASSERT_NE(list, nullptr);
    }
    void show(const std::shared_ptr<const GraphSummary>& summary)
    {
        view.setSummary(summary);
        ASSERT_TRUE(QTest::qWaitFor([this] { return view.isUpToDate(); }, 10'000));
    }
    QAccessibleInterface* item(const QString& name) const
    {
        for (int i = 0; i < list->childCount(); ++i)
            if (list->child(i)->text(QAccessible::Name) == name)
                return list->child(i);
        return nullptr;
    }

    SelectionHub hub;
    Theme theme{ThemeChoice::Light};
    GraphView view{&hub, &theme};
    QAccessibleInterface* list = nullptr;
};

TEST_F(GraphForReaders, EveryNodeIsAnItemWithNameAndDescription)
{
    EXPECT_EQ(list->role(), QAccessible::List);
    EXPECT_EQ(list->text(QAccessible::Name), QStringLiteral("Network graph"));
    EXPECT_GE(list->childCount(), static_cast<int>(test::perceptronSummary()->nodes.size()));
    for (int i = 0; i < list->childCount(); ++i) {
        QAccessibleInterface* child = list->child(i);
        ASSERT_NE(child, nullptr);
        EXPECT_EQ(child->role(), QAccessible::ListItem);
        EXPECT_FALSE(child->text(QAccessible::Name).isEmpty());
        EXPECT_FALSE(child->text(QAccessible::Description).isEmpty());
        EXPECT_EQ(child->parent(), list);
        EXPECT_EQ(list->indexOfChild(child), i);
        EXPECT_TRUE(child->rect().isValid());
    }
}

TEST_F(GraphForReaders, StateFollowsTheSelection)
{
    QAccessibleInterface* dense = item(QStringLiteral("MatMul_0"));
    ASSERT_NE(dense, nullptr);
    EXPECT_FALSE(dense->state().selected);
    hub.selectOnly(QStringLiteral("MatMul_0"));
    EXPECT_TRUE(dense->state().selected);
    EXPECT_TRUE(dense->state().focusable);
}

TEST_F(GraphForReaders, PressingAnItemSelectsAndActivatesIt)
{
    QSignalSpy activated(&view, &GraphView::activated);
    QAccessibleInterface* dense = item(QStringLiteral("MatMul_1"));
    ASSERT_NE(dense, nullptr);
    ASSERT_NE(dense->actionInterface(), nullptr);
    dense->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    EXPECT_EQ(hub.current(), QStringLiteral("MatMul_1"));
    EXPECT_EQ(activated.count(), 1);
}

TEST_F(GraphForReaders, ItemsOfAnotherGraphAreInvalid)
{
    QAccessibleInterface* old = list->child(0);
    const auto id = QAccessible::uniqueId(old);
    show(test::variedSummary());
    EXPECT_FALSE(old->isValid());
    EXPECT_NE(list->child(0), nullptr);
    EXPECT_EQ(QAccessible::accessibleInterface(id), nullptr) << "gone with the old picture";
    EXPECT_EQ(list->child(list->childCount()), nullptr);
}

TEST_F(GraphForReaders, ItemUnderThePointerIsFound)
{
    const QRect place = item(QStringLiteral("MatMul_0"))->rect();
    QAccessibleInterface* found = list->childAt(place.center().x(), place.center().y());
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->text(QAccessible::Name), QStringLiteral("MatMul_0"));
}

} // namespace
} // namespace bitwright
