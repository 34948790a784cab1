using Pharos.PromQL.Explaining;

namespace Pharos.PromQL.Tests.Explaining;

public class JoinLossTests
{
    private static readonly string[] Requests =
        ["""requests{job="a",instance="1",path="/x"} 1x20""", """requests{job="a",instance="2",path="/x"} 2x20""", """requests{job="b",instance="3",path="/x"} 3x20"""];

    [Fact]
    public async Task Sides_that_share_no_label_set_are_told_with_the_matching_that_helps()
    {
        using ExplainScene scene = new ExplainScene().Load([.. Requests, """limits{job="a",team="x"} 10x20""", """limits{job="b",team="y"} 20x20"""]);
        (string node, ExplanationNote note) = await scene.WhyEmptyAsync("requests / limits", 60);
        JoinLoss join = note.Join!;
        Assert.Equal(("/", ExplanationNoteKind.LostSeries), (node, note.Kind));
        Assert.Equal((3, 3, 2, 2), (join.Left, join.LeftLost, join.Right, join.RightLost));
        Assert.Equal("""{__name__="requests", instance="1", job="a", path="/x"}""", join.LeftExample!.ToString());
        Assert.Equal("""{__name__="limits", job="a", team="x"}""", join.RightExample!.ToString());
        Assert.Equal(["instance", "path"], join.OnlyLeft);
        Assert.Equal(["team"], join.OnlyRight);
        Assert.Empty(join.Differ);
        Assert.Equal(("on (job) group_left ()", 3), (join.Suggestion, join.SuggestionMatches));
        Assert.Equal(
            "3 of 3 series of the left side and 2 of 2 of the right side have no partner. In an example, only the left side has instance and path and only the right side has team. "
                + "With on (job) group_left () all of the left side would have one.",
            note.Text);
    }

    [Fact]
    public async Task What_helps_says_which_side_has_several()
    {
        using ExplainScene scene = new ExplainScene().Load([.. Requests, """limits{job="a",team="x"} 10x20""", """limits{job="b",team="y"} 20x20"""]);
        Assert.Equal("on (job) group_right ()", (await scene.WhyEmptyAsync("limits / requests", 60)).Note.Join!.Suggestion);
        Assert.Equal("on (job)", (await scene.WhyEmptyAsync("requests and limits", 60)).Note.Join!.Suggestion);
        Assert.Null((await scene.WhyEmptyAsync("requests / on (job) group_left () limits{job=\"a\"} / requests{job=\"none\"} or requests / ignoring (path) limits", 60)).Note.Join);
    }

    [Fact]
    public async Task Labels_with_other_values_are_told_and_nothing_is_suggested_where_nothing_helps()
    {
        using ExplainScene scene = new ExplainScene().Load("""a{host="h1"} 1x20""", """b{host="h1.example.org"} 1x20""");
        JoinLoss join = (await scene.WhyEmptyAsync("a * on (host) b", 60)).Note.Join!;
        Assert.Equal(["host"], join.Differ);
        Assert.Empty(join.OnlyLeft);
        Assert.Null(join.Suggestion);
    }

    [Fact]
    public async Task Some_series_without_a_partner_are_told_though_others_have_one()
    {
        using ExplainScene scene = new ExplainScene().Load([.. Requests, """limits{job="a"} 10x20"""]);
        QueryExplanation explanation = await scene.InstantAsync("requests / on (job) group_left () limits", 60);
        ExplanationNote note = Assert.Single(explanation.Nodes[0].Notes);
        Assert.Equal((ExplanationNoteKind.LostSeries, false, 1, 0), (note.Kind, note.IsCause, note.Join!.LeftLost, note.Join.RightLost));
        Assert.Equal("b", note.Join.LeftExample!["job"]);
        Assert.Equal("a", note.Join.RightExample!["job"]);
    }

    [Fact]
    public async Task Series_without_values_are_no_partners()
    {
        using ExplainScene scene = new ExplainScene().Load("""a{i="1"} 1x20""", """a{i="2"} 1x20""", """b{i="1"} 1x20""", """b{i="2"} 1 stale""");
        QueryExplanation explanation = await scene.InstantAsync("a and (b > 0)", 60);
        Assert.Equal((2, 1), (explanation.Nodes[0].Notes[0].Join!.Left, explanation.Nodes[0].Notes[0].Join!.LeftLost));
    }

    [Fact]
    public async Task Partners_that_never_have_values_at_the_same_step_are_told()
    {
        using ExplainScene scene = new ExplainScene().Load("a 1 1 stale", "b _x39 1 1");
        QueryExplanation explanation = await scene.RangeAsync("a + b", 0, 600, 15);
        Assert.Equal(ExplanationNoteKind.NeverTogether, explanation.EmptyBecause!.Value.Note.Kind);
    }

    [Theory]
    [InlineData("requests or limits")]
    [InlineData("requests unless limits")]
    [InlineData("requests + on (job, instance, path) requests")]
    public async Task Operators_that_lose_nothing_have_no_note(string query)
    {
        using ExplainScene scene = new ExplainScene().Load([.. Requests, """limits{job="a"} 10x20"""]);
        Assert.Empty((await scene.InstantAsync(query, 60)).Nodes[0].Notes);
    }

    [Fact]
    public async Task A_side_with_a_fill_value_loses_nothing()
    {
        using ExplainScene scene = new ExplainScene().Load([.. Requests, """limits{job="a",instance="1",path="/x"} 10x20"""]);
        Assert.Empty((await scene.InstantAsync("requests / fill_right(1) limits", 60)).Nodes[0].Notes);
    }
}
