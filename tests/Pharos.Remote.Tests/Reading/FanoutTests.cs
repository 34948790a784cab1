using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Remote.Reading;

namespace Pharos.Remote.Tests.Reading;

public sealed class FanoutTests
{
    private readonly ListedSource _own = new();
    private readonly ListedSource _other = new();

    [Fact]
    public void Series_of_both_are_united_and_the_own_stores_samples_win()
    {
        _own.Add(Labels.Of("__name__", "a", "job", "x"), (1, 1), (3, 3));
        _own.Add(Labels.Of("__name__", "b", "job", "y"), (1, 10));
        _other.Add(Labels.Of("__name__", "c", "job", "y"), (7, 70));
        _other.Add(Labels.Of("__name__", "a", "job", "x"), (2, 200), (3, 300), (4, 400));
        using ISeriesQuerier querier = Open();
        ISeriesSet set = querier.Select(new SeriesSelection([], 0, 100), TestContext.Current.CancellationToken);
        Assert.Equal(["a: 1@1 200@2 3@3 400@4", "b: 10@1", "c: 70@7"], Texts(set));
        uint[] jobs = new uint[3];
        set.GetLabelValueIds("job", jobs);
        Assert.Equal(["x", "y", "y"], jobs.Select(set.GetLabelValue));
        Assert.Equal(jobs[1], jobs[2]);
        uint[] shapes = new uint[3];
        set.GetShapeIds(shapes);
        Assert.Equal(["__name__", "job"], set.GetShapeLabelNames(shapes[2]));
        Assert.True(set.TryReadLast(0, 0, 3, out Sample last));
        Assert.Equal(new Sample(3, 3), last);
        Assert.True(set.TryReadLast(0, 0, 9, out last));
        Assert.Equal(new Sample(4, 400), last);
    }

    [Fact]
    public void Ids_are_the_same_over_all_selections_of_a_querier()
    {
        _own.Add(Labels.Of("__name__", "a", "job", "x"), (1, 1));
        _other.Add(Labels.Of("__name__", "b", "job", "x"), (1, 1));
        using ISeriesQuerier querier = Open();
        uint[] ids = new uint[2];
        foreach (string name in (string[])["a", "b"])
        {
            var matcher = new Core.Matching.Matcher(Core.Matching.MatchType.Equal, "__name__", name);
            ISeriesSet set = querier.Select(new SeriesSelection([matcher], 0, 100), TestContext.Current.CancellationToken);
            set.GetLabelValueIds("job", ids.AsSpan(name == "a" ? 0 : 1, 1));
            Assert.Equal([$"{name}: 1@1"], Texts(set));
        }

        Assert.Equal(ids[0], ids[1]);
        Assert.NotEqual(0u, ids[0]);
    }

    [Fact]
    public void Without_others_the_own_querier_is_given_as_it_is()
    {
        using ISeriesQuerier querier = new FanoutSource(_own).OpenQuerier();
        Assert.IsNotType<FanoutQuerier>(querier);
    }

    private static List<string> Texts(ISeriesSet set)
    {
        var texts = new List<string>();
        var buffer = new SampleBuffer();
        for (int i = 0; i < set.Count; i++)
        {
            set.Read(i, 0, 100, buffer);
            texts.Add($"{set.GetLabels(i).MetricName}: {string.Join(' ', Enumerable.Range(0, buffer.Count).Select(k => $"{buffer.Values[k]}@{buffer.Timestamps[k]}"))}");
        }

        return texts;
    }

    private ISeriesQuerier Open()
    {
        var source = new FanoutSource(_own);
        source.SetOthers([_other]);
        return source.OpenQuerier();
    }
}
