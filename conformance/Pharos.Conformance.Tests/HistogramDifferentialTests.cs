using Pharos.Conformance.Suites;
using Pharos.Core.Histograms;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.PromQL;
using Pharos.PromQL.Sources;
using Pharos.PromQL.Syntax;
using Pharos.Testing;
using Pharos.Testing.Differential;
using Pharos.Testing.Processes;
using Pharos.Testing.Queries;

namespace Pharos.Conformance.Tests;

/// <summary>Generated queries about native histograms, of the engine over a store in memory and of the real Prometheus, which hold the same.</summary>
public sealed class HistogramDifferentialTests
{
    public static TheoryData<int> ManySeeds => new(DifferentialRun.ChosenSeeds);

    [Fact]
    public Task Queries_about_native_histograms_are_answered_as_the_real_Prometheus_answers_them() => AgreeAsync(seed: 1, queries: 1000, maxDepth: 4);

    [Theory]
    [MemberData(nameof(ManySeeds))]
    [Trait("Kind", "Slow")]
    public Task Many_more_queries_about_native_histograms_are_answered_as_the_real_Prometheus_answers_them(int seed) => AgreeAsync(seed, queries: 2000, maxDepth: 5);

    private static async Task AgreeAsync(int seed, int queries, int maxDepth)
    {
        if (!Peers.Has("prometheus"))
        {
            Assert.False(Repository.IsContinuousIntegration, "the real Prometheus is absent: eng/get-peers .peers");
            Assert.Skip("the real Prometheus is absent: eng/get-peers .peers");
        }

        var store = new InMemorySeriesSource();
        byte[][] requests = Fill(store, seed);
        using var folder = new TempFolder();
        await using ServerProcess prometheus = await ServerProcess.StartPrometheusAsync(
            folder, "global: {}", "--web.enable-remote-write-receiver", "--enable-feature=promql-experimental-functions,promql-duration-expr,native-histograms");
        foreach (byte[] request in requests)
        {
            await prometheus.RemoteWriteAsync(request);
        }

        using var engine = new PromQLEngine(new EngineOptions { Parser = ParserOptions.Default with { ExperimentalFunctions = true } });

        async Task<Answer> AskPharosAsync(QueryCase query) => await EngineAnswer.AskAsync(engine, store, query);
        async Task<Answer> AskPrometheusAsync(QueryCase query) => await ServerPair.AskAsync(prometheus.Api, query);
        var run = new DifferentialRun(AskPrometheusAsync, AskPharosAsync, HistogramData.World, seed);
        await run.AskAsync(queries, maxDepth);

        TestContext.Current.TestOutputHelper?.WriteLine(run.Summary);
        Assert.True(run.Differences.Count == 0, string.Join('\n', run.Differences));
        Assert.True(run.Answered > queries, run.Summary);
    }

    // What both hold: for the one the requests to be sent.
    private static byte[][] Fill(InMemorySeriesSource store, int seed)
    {
        IReadOnlyList<(Labels Labels, IReadOnlyList<Sample> Samples)> numbers = DifferentialData.Make(seed);
        IReadOnlyList<(Labels Labels, IReadOnlyList<(Sample Sample, FloatHistogram? Histogram)> Samples)> histograms = HistogramData.Make(seed);
        foreach ((Labels labels, IReadOnlyList<Sample> samples) in numbers)
        {
            foreach (Sample sample in samples)
            {
                store.Add(labels, sample.Timestamp, sample.Value);
            }
        }

        foreach ((Labels labels, IReadOnlyList<(Sample Sample, FloatHistogram? Histogram)> samples) in histograms)
        {
            foreach ((Sample sample, FloatHistogram? histogram) in samples)
            {
                if (histogram is null)
                {
                    store.Add(labels, sample.Timestamp, sample.Value);
                }
                else
                {
                    store.Add(labels, sample.Timestamp, histogram);
                }
            }
        }

        return [DifferentialData.ToWriteRequest(numbers).ToBody(), .. HistogramData.ToWriteRequests(histograms)];
    }
}
