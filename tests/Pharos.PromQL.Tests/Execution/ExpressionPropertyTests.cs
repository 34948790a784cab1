using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.PromQL.Tests.Syntax;

namespace Pharos.PromQL.Tests.Execution;

/// <summary>Whatever the parser accepts is answered or refused with a message: random expressions over data with everything that goes wrong.</summary>
public class ExpressionPropertyTests
{
    public static TheoryData<int> Seeds => new(Enumerable.Range(1, 8));

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Any_valid_expression_is_answered_or_refused(int seed)
    {
        var random = new Random(seed);
        var generator = new ExpressionGenerator(random);
        using var scene = new EngineScene(new EngineOptions { DelayedNameRemoval = seed % 2 == 0, MaxSamples = 200_000, CountsSamples = seed > 4 });
        Fill(scene, random);
        int answered = 0;
        for (int i = 0; i < 150; i++)
        {
            string query = generator.Vector(random.Next(5));
            answered += await TryAsync(query, () => scene.InstantAsync(query, 900));
            answered += await TryAsync(query, () => scene.RangeAsync(query, 300, 1500, new[] { 1, 15, 60, 700 }[random.Next(4)]));
        }

        Assert.Equal(0, scene.Store.OpenQueriers);
        Assert.InRange(answered, 100, 300);
    }

    private static async Task<int> TryAsync(string query, Func<Task<QueryResult>> run)
    {
        try
        {
            QueryResult result = await run();
            Assert.All(result.Rows, row => Assert.True(Enumerable.Range(0, result.Steps).Any(row.Has), $"{query}: a row without values"));
            Assert.All(result.Statistics.Queryable?.PerStep ?? [], static count => Assert.True(count >= 0));
            Assert.All(result.Statistics.Queryable?.ReadPerStep ?? [], static count => Assert.True(count >= 0));
            return 1;
        }
        catch (QueryException e)
        {
            Assert.NotEmpty(e.Message);
            return 0;
        }
    }

    private static void Fill(EngineScene scene, Random random)
    {
        foreach (string name in new[] { "up", "http_requests_total", "a:b", "my metric", "xyz", "sum", "step" })
        {
            for (int i = 0; i < 5; i++)
            {
                var labels = Labels.Of(
                    "__name__", name, "job", $"j{i % 2}", "instance", $"i{i}", "a", "b", "c", "1", "d", i % 2 == 0 ? "x" : "y", "x y", $"{i / 2}", "bool", "t");
                for (long time = random.Next(0, 20_000); time < 1_600_000; time += random.Next(10) == 0 ? random.Next(1, 400_000) : 15_000)
                {
                    double value = random.Next(30) switch
                    {
                        0 => double.NaN,
                        1 => double.PositiveInfinity,
                        2 => Staleness.Marker,
                        3 => -1e308,
                        _ => random.Next(100),
                    };
                    scene.Store.Add(labels, time, value);
                }
            }
        }
    }
}
