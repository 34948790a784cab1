using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.Core.Relabeling;
using LabelSet = Pharos.Core.Labels.Labels;

namespace Pharos.Core.Tests.Relabeling;

public sealed class RelabelerTests
{
    private static readonly LabelSet Input = LabelSet.Of("a", "foo", "b", "bar", "__meta_x", "1", "__meta_y", "2");

    [Fact]
    public void Replace_writes_the_expanded_template()
    {
        Assert.Equal("foo-bar", Apply(Step("([^;]+);(.+)") with { SourceLabels = ["a", "b"], TargetLabel = "c", Replacement = "$1-$2" })!["c"]);
        Assert.Equal("bar", Apply(Step("(f)oo") with { SourceLabels = ["a"], TargetLabel = "${1}x", Replacement = "bar" })!["fx"]);
    }

    [Fact]
    public void Replace_leaves_the_set_when_nothing_matches_or_the_name_is_none()
    {
        Assert.Equal(Input, Apply(Step("x") with { SourceLabels = ["a"], TargetLabel = "c" }));
        Assert.Equal(Input, Apply(Step("(.*)") with { SourceLabels = ["a"], TargetLabel = "$2" }));

        var digits = LabelSet.Of("a", "9x");
        Assert.Equal(digits, Apply(Step("(.*)") with { SourceLabels = ["a"], TargetLabel = "$1", NameValidation = NameValidation.Legacy }, digits));
    }

    [Fact]
    public void Replace_by_nothing_removes_the_label()
    {
        Assert.False(Apply(Step("(.*)") with { SourceLabels = ["a"], TargetLabel = "a", Replacement = "" })!.Contains("a"));
    }

    [Fact]
    public void The_default_step_sets_a_label_without_a_source()
    {
        Assert.Equal("prod", Apply(new RelabelConfig { TargetLabel = "env", Replacement = "prod" })!["env"]);
    }

    [Theory]
    [InlineData(RelabelAction.Keep, "fo+", true)]
    [InlineData(RelabelAction.Keep, "fo", false)]
    [InlineData(RelabelAction.Drop, "fo+", false)]
    [InlineData(RelabelAction.Drop, "fo", true)]
    public void Keep_and_drop_go_by_the_whole_source(RelabelAction action, string regex, bool kept)
    {
        Assert.Equal(kept, Apply(Step(regex) with { Action = action, SourceLabels = ["a"] }) is not null);
    }

    [Theory]
    [InlineData(RelabelAction.KeepEqual, "a", true)]
    [InlineData(RelabelAction.KeepEqual, "b", false)]
    [InlineData(RelabelAction.DropEqual, "a", false)]
    [InlineData(RelabelAction.DropEqual, "b", true)]
    public void Equality_actions_compare_with_the_target(RelabelAction action, string target, bool kept)
    {
        Assert.Equal(kept, Apply(new RelabelConfig { Action = action, SourceLabels = ["a"], TargetLabel = target }) is not null);
    }

    [Fact]
    public void Hashmod_is_upstreams()
    {
        Assert.Equal("734", Apply(new RelabelConfig { Action = RelabelAction.HashMod, SourceLabels = ["n"], TargetLabel = "shard", Modulus = 1000 }, LabelSet.Of("n", "foo\nbar"))!["shard"]);
    }

    [Fact]
    public void Case_is_changed_for_all_letters()
    {
        var input = LabelSet.Of("a", "bAr123Éß");

        Assert.Equal("bar123éß", Apply(new RelabelConfig { Action = RelabelAction.Lowercase, SourceLabels = ["a"], TargetLabel = "c" }, input)!["c"]);
        Assert.Equal("BAR123Éß", Apply(new RelabelConfig { Action = RelabelAction.Uppercase, SourceLabels = ["a"], TargetLabel = "c" }, input)!["c"]);
    }

    [Fact]
    public void Labels_are_copied_removed_and_kept_by_name()
    {
        Assert.Equal("1", Apply(Step("__meta_(.+)") with { Action = RelabelAction.LabelMap, Replacement = "m_$1" })!["m_x"]);
        Assert.Equal(LabelSet.Of("a", "foo", "b", "bar"), Apply(Step("__meta_.+") with { Action = RelabelAction.LabelDrop }));
        Assert.Equal(LabelSet.Of("a", "foo"), Apply(Step("a") with { Action = RelabelAction.LabelKeep }));
        Assert.Equal(Input, Apply(Step("__meta_(.+)") with { Action = RelabelAction.LabelMap, Replacement = "$2" }));
    }

    [Fact]
    public void Three_and_more_sources_are_joined()
    {
        Assert.Equal("foo|bar||1", Apply(new RelabelConfig { SourceLabels = ["a", "b", "none", "__meta_x"], Separator = "|", TargetLabel = "c" })!["c"]);
    }

    [Fact]
    public void Steps_go_on_from_each_other_until_one_drops()
    {
        RelabelConfig first = new() { SourceLabels = ["a"], TargetLabel = "c" };
        RelabelConfig drop = Step("foo") with { Action = RelabelAction.Drop, SourceLabels = ["c"] };

        Assert.Null(Relabeler.Process(Input, [first, drop]));
        Assert.NotNull(Relabeler.Process(Input, [drop, first]));
        Assert.Same(Input, Relabeler.Process(Input, []));
    }

    private static LabelSet? Apply(RelabelConfig config, LabelSet? input = null)
    {
        Assert.Null(config.Validate());
        return Relabeler.Process(input ?? Input, [config]);
    }

    private static RelabelConfig Step(string regex) => new() { Regex = ReplacementRegex.Parse(regex), TargetLabel = "" };
}
