using Pharos.PromQL.Explaining;
using Pharos.PromQL.Syntax.Nodes;
using Pharos.PromQL.Tests.Syntax;

namespace Pharos.PromQL.Tests.Explaining;

/// <summary>Whatever is asked: an explanation answers as the query does, and its numbers fit together.</summary>
public class ExplainedPropertyTests
{
    public static TheoryData<int> Seeds => new(Enumerable.Range(1, 6));

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Any_expression_is_explained_as_it_is_answered(int seed)
    {
        var random = new Random(seed);
        var generator = new ExpressionGenerator(random);
        using ExplainScene scene = new(new EngineOptions { DelayedNameRemoval = seed % 2 == 0, MaxSamples = 200_000 });
        Fill(scene, random);
        for (int i = 0; i < 100; i++)
        {
            string query = generator.Vector(random.Next(5));
            (QueryResult? plain, string error) = await AskAsync(() => scene.Engine.RangeAsync(scene.Store, query, 300_000, 900_000, 60_000));
            QueryExplanation explanation = await scene.RangeAsync(query, 300, 900, 60);
            Assert.Equal(error, explanation.Error?.Message ?? "");
            Assert.Equal(plain?.Rows.Select(Describe), explanation.Result?.Rows.Select(Describe));
            AssertFits(query, explanation);
        }

        Assert.Equal(0, scene.Store.OpenQueriers);
    }

    private static void AssertFits(string query, QueryExplanation explanation)
    {
        ExplainedNode root = explanation.Nodes[0];
        if (explanation is { Result: { Type: ExprType.Matrix } result } && root is { Type: ExprType.Vector, Series: { } series })
        {
            // Delayed names may still join rows at the end.
            Assert.True(series >= result.Rows.Count, $"{query}: {series} series, {result.Rows.Count} in the answer");
            Assert.Equal(result.Rows.Count == 0, series == 0);
        }

        foreach (ExplainedNode node in explanation.Nodes)
        {
            Assert.True(node.Parent is not { } parent || parent < node.Id, query);
            Assert.True(node.SameAs is not { } same || same < node.Id, query);
            Assert.True(node.Unread <= (node.Series ?? 0), query);
            Assert.InRange(node.Text.Length, 1, 600);
            Assert.All(node.Notes, note => Assert.True(char.IsUpper(note.Text[0]) || char.IsLower(note.Text[0]) || char.IsDigit(note.Text[0]), note.Text));
            Assert.All(node.Notes, static note => Assert.EndsWith(".", note.Text, StringComparison.Ordinal));
        }

        long read = explanation.Nodes.Where(static n => n.SameAs is null).Sum(static n => n.Samples ?? 0);
        Assert.True(read <= explanation.Statistics.SamplesRead, query);
    }

    private static string Describe(ResultRow row) =>
        $"{row.Labels} {string.Join(' ', Enumerable.Range(0, row.Values.Length).Where(row.Has).Select(s => $"{s}:{BitConverter.DoubleToUInt64Bits(row.Values.Span[s]):x}"))}";

    private static async Task<(QueryResult? Result, string Error)> AskAsync(Func<Task<QueryResult>> ask)
    {
        try
        {
            return (await ask(), "");
        }
        catch (QueryException e)
        {
            return (null, e.Message);
        }
    }

    private static void Fill(ExplainScene scene, Random random)
    {
        foreach (string name in (string[])["up", "http_requests_total", "a:b", "xyz"])
        {
            for (int i = 0; i < 4; i++)
            {
                var labels = Core.Labels.Labels.Of("__name__", name, "job", $"j{i % 2}", "instance", $"i{i}", "a", "b", "d", i % 2 == 0 ? "x" : "y");
                for (long time = random.Next(0, 20_000); time < 1_000_000; time += random.Next(10) == 0 ? random.Next(1, 400_000) : 15_000)
                {
                    scene.Store.Add(labels, time, random.Next(30) == 0 ? Core.Samples.Staleness.Marker : (double)random.Next(100));
                }
            }
        }
    }
}
