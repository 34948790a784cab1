using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.Core.Relabeling;

namespace Pharos.Core.Tests.Relabeling;

public sealed class RelabelConfigTests
{
    public static TheoryData<RelabelConfig, string?> Steps => new()
    {
        { new() { Action = RelabelAction.None }, "relabel action cannot be empty" },
        { new(), "relabel configuration for replace action requires 'target_label' value" },
        { new() { TargetLabel = "a" }, null },
        { new() { TargetLabel = "${1}-x" }, null },
        { new() { TargetLabel = "${1}-x", NameValidation = NameValidation.Legacy }, "\"${1}-x\" is invalid 'target_label' for replace action" },
        { new() { TargetLabel = "a.b", NameValidation = NameValidation.Legacy }, "\"a.b\" is invalid 'target_label' for replace action" },
        { new() { Action = RelabelAction.HashMod, TargetLabel = "a" }, "relabel configuration for hashmod requires non-zero modulus" },
        { new() { Action = RelabelAction.HashMod, Modulus = 2 }, "relabel configuration for hashmod action requires 'target_label' value" },
        { new() { Action = RelabelAction.HashMod, Modulus = 2, TargetLabel = "$1", NameValidation = NameValidation.Legacy }, "\"$1\" is invalid 'target_label' for hashmod action" },
        { new() { Action = RelabelAction.Uppercase, TargetLabel = "a", Replacement = "x" }, "'replacement' can not be set for uppercase action" },
        { new() { Action = RelabelAction.LabelMap, Replacement = "-$1", NameValidation = NameValidation.Legacy }, "\"-$1\" is invalid 'replacement' for labelmap action" },
        { new() { Action = RelabelAction.LabelMap, Replacement = "-$1" }, null },
        { new() { Action = RelabelAction.LabelMap, Replacement = "" }, "\"\" is invalid 'replacement' for labelmap action" },
        { new() { Action = RelabelAction.KeepEqual, TargetLabel = "a", Separator = "," }, "keepequal action requires only 'source_labels' and `target_label`, and no other fields" },
        {
            new() { Action = RelabelAction.DropEqual, TargetLabel = "a", Regex = ReplacementRegex.Parse("x") },
            "dropequal action requires only 'source_labels' and `target_label`, and no other fields"
        },
        { new() { Action = RelabelAction.DropEqual, TargetLabel = "a", SourceLabels = ["b"] }, null },
        { new() { Action = RelabelAction.LabelDrop, SourceLabels = ["b"] }, "labeldrop action requires only 'regex', and no other fields" },
        { new() { Action = RelabelAction.LabelKeep, TargetLabel = "b" }, "labelkeep action requires only 'regex', and no other fields" },
        { new() { Action = RelabelAction.LabelKeep, Regex = ReplacementRegex.Parse("x") }, null },
        { new() { Action = RelabelAction.Keep }, null },
    };

    [Theory]
    [MemberData(nameof(Steps))]
    public void Steps_are_judged_in_the_words_of_upstream(RelabelConfig config, string? error)
    {
        Assert.Equal(error, config.Validate());
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("a1_", true)]
    [InlineData("1a", false)]
    [InlineData("$1a", true)]
    [InlineData("${1}", true)]
    [InlineData("${1", false)]
    [InlineData("${}", false)]
    [InlineData("a$", false)]
    [InlineData("a-${1}", false)]
    [InlineData("a${b}c$d", true)]
    public void Legacy_names_may_hold_variables(string text, bool valid)
    {
        Assert.Equal(valid, RelabelTemplate.IsLegacyName(text));
    }

    [Fact]
    public void Every_action_is_read_by_its_name_in_any_case()
    {
        foreach (RelabelAction action in Enum.GetValues<RelabelAction>())
        {
            bool named = action != RelabelAction.None;
            Assert.Equal(named, RelabelActionText.TryParse(action.ToText().ToUpperInvariant(), out RelabelAction read));
            Assert.Equal(action, read);
        }

        Assert.False(RelabelActionText.TryParse("rename", out _));
    }
}
