using Pharos.Testing.Naive;
using Pharos.Testing.Queries;

namespace Pharos.PromQL.Tests.Execution;

/// <summary>The engine answers what the naive evaluator answers: random queries over random series with everything that goes wrong.</summary>
public class NaiveAgreementTests
{
    public static TheoryData<int> Seeds => new(Enumerable.Range(1, 12));

    public static TheoryData<int> ManySeeds => new(Enumerable.Range(100, 60));

    [Theory]
    [MemberData(nameof(Seeds))]
    public Task Random_queries_are_answered_as_the_naive_evaluator_answers_them(int seed) => AgreeAsync(seed, queries: 200, maxDepth: 3);

    [Theory]
    [MemberData(nameof(ManySeeds))]
    [Trait("Kind", "Slow")]
    public Task Many_more_random_queries_are_answered_as_the_naive_evaluator_answers_them(int seed) => AgreeAsync(seed, queries: 500, maxDepth: 5);

    private static async Task AgreeAsync(int seed, int queries, int maxDepth)
    {
        var random = new Random(seed);
        var generator = new TermGenerator(random);
        using var scene = new EngineScene();
        var naive = new NaiveComparison(scene, NaiveData.Make(random));
        for (int i = 0; i < queries; i++)
        {
            Term query = generator.Query(random.Next(maxDepth + 1));
            long step = new[] { 15_000L, 60_000, 77_000, 300_000 }[random.Next(4)];
            await AssertSameAsync(naive, seed, query, steps: 1, step);
            await AssertSameAsync(naive, seed, query, steps: 12, step);
        }

        Assert.True(naive.Answered > queries, $"of {2 * queries} queries only {naive.Answered} answered something");
    }

    private static async Task AssertSameAsync(NaiveComparison naive, int seed, Term query, int steps, long step)
    {
        if (await naive.DifferenceAsync(query, steps, step) is not null)
        {
            Term smallest = await query.ShrinkAsync(async q => await naive.DifferenceAsync(q, steps, step) is not null);
            string? difference = await naive.DifferenceAsync(smallest, steps, step);
            Assert.Fail($"seed {seed}, {steps} steps of {step} ms: {smallest}\n{difference}\nshrunk from {query}");
        }
    }
}
