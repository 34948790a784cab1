using System.Globalization;
using System.Text;
using Pharos.Config.Http;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.Core.Samples;
using Pharos.Remote.Configuration;
using Pharos.Remote.Reading;
using Pharos.Testing;
using MatchType = Pharos.Core.Matching.MatchType;

namespace Pharos.Remote.Tests.Reading;

/// <summary>The client against our own server, and against one that answers nonsense.</summary>
public sealed class RemoteReadSourceTests : IAsyncDisposable
{
    private readonly ListedSource _store = new();
    private readonly FakeTarget _target;
    private readonly ManualTimeProvider _clock = new();
    private Func<byte[], (byte[] Body, string Type, string Status)> _answer;
    private readonly RemoteReadLimits _limits = new();

    public RemoteReadSourceTests()
    {
        _answer = Serve;
        _target = new FakeTarget(AnswerAsync);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Series_come_without_the_external_labels_that_were_added_to_the_question(bool isStream)
    {
        _store.Add(Labels.Of("__name__", "up", "cluster", "c", "job", "a"), (5, 1), (10, 2), (20, 3));
        _store.Add(Labels.Of("__name__", "up", "cluster", "d", "job", "a"), (5, 4));
        _answer = isStream ? Serve : body => Serve(Accepting(body, ReadRequest.Samples));
        using RemoteReadSource source = Open(new RemoteReadConfig { ReadRecent = true }, Labels.Of("cluster", "c"));
        Assert.Equal(["""{__name__="up", job="a"} 2@10 3@20"""], Select(source, 6, 30, new Matcher(MatchType.Equal, "__name__", "up")).Series);
        Assert.Equal(["""{__name__="up", cluster="d", job="a"} 4@5"""], Select(source, 0, 30, new Matcher(MatchType.Equal, "cluster", "d")).Series);
        Assert.Equal([(isStream ? "chunked" : "sampled", "200", 2L)], source.Counters.Answers);
        Assert.Contains("X-Prometheus-Remote-Read-Version: 0.1.0", _target.Requests[0], StringComparison.Ordinal);
    }

    [Fact]
    public void External_labels_are_left_aside_where_the_entry_says_so()
    {
        _store.Add(Labels.Of("__name__", "up"), (5, 1));
        using RemoteReadSource source = Open(new RemoteReadConfig { ReadRecent = true, FilterExternalLabels = false }, Labels.Of("cluster", "c"));
        Assert.Equal(["{__name__=\"up\"} 1@5"], Select(source, 0, 30).Series);
    }

    [Fact]
    public void Only_the_time_before_the_own_store_is_asked_for_unless_recent_reading_is_on()
    {
        _store.Add(Labels.Of("__name__", "up"), (5, 1), (100, 2), (150, 3));
        using RemoteReadSource source = Open(new RemoteReadConfig(), Labels.Empty, localStart: 100);
        Assert.Equal(["{__name__=\"up\"} 1@5 2@100"], Select(source, 0, 1000).Series);
        Assert.Empty(Select(source, 101, 1000).Series);
        Assert.Single(_target.Requests);
    }

    [Fact]
    public void Selectors_without_the_required_matchers_are_not_sent()
    {
        _store.Add(Labels.Of("__name__", "up", "tier", "slow"), (5, 1));
        var config = new RemoteReadConfig { ReadRecent = true, RequiredMatchers = new Dictionary<string, string> { ["tier"] = "slow" } };
        using RemoteReadSource source = Open(config, Labels.Empty);
        Assert.Empty(Select(source, 0, 30, new Matcher(MatchType.Equal, "__name__", "up")).Series);
        Assert.Empty(Select(source, 0, 30, new Matcher(MatchType.Match, "tier", "slow")).Series);
        Assert.Empty(_target.Requests);
        Assert.Single(Select(source, 0, 30, new Matcher(MatchType.Equal, "tier", "slow")).Series);
    }

    [Fact]
    public void What_fails_is_a_warning_and_gives_no_series()
    {
        using RemoteReadSource source = Open(new RemoteReadConfig { ReadRecent = true }, Labels.Empty);
        string address = _target.Address;
        Assert.Equal($"remote_read: remote server http://{address}/read returned http status 503 Service Unavailable: not now", Warning(source, ("not now\n", "text/plain", "503 Service Unavailable")));
        Assert.Equal("remote_read: unsupported content type: text/html", Warning(source, ("<html>", "text/html", "200 OK")));
        Assert.Equal("remote_read: error reading response: snappy: corrupt input", Warning(source, ("nonsense", RemoteReadServer.SamplesContentType, "200 OK")));
        Assert.Equal("remote_read: the stream ends inside a frame", Warning(source, ("n", RemoteReadServer.StreamContentType, "200 OK")));
        Assert.Contains(("chunked", "aborted_stream", 1L), source.Counters.Answers);
        Assert.Equal(0, source.Counters.Queries);
        Assert.Equal([1L], source.Counters.Latencies.Where(static l => l.Type == "unsupported").Select(static l => l.Buckets.Sum()));
    }

    [Fact]
    public void A_store_that_cannot_be_reached_is_a_warning()
    {
        var config = new RemoteReadConfig { ReadRecent = true, Url = ConfigUrl.Parse("http://127.0.0.1:1/read"), Fingerprint = "0123456789" };
        using var source = new RemoteReadSource(config, Labels.Empty, new PlainCodec(), static () => 0, _clock, "Pharos/test");
        (List<string> series, string[] warnings) = Select(source, 0, 30);
        Assert.Empty(series);
        Assert.StartsWith("remote_read: Connection refused", warnings.Single(), StringComparison.Ordinal);
        Assert.Equal("012345", source.Counters.Name);
    }

    [Fact]
    public void Labels_are_not_asked_for_and_that_is_told()
    {
        using RemoteReadSource source = Open(new RemoteReadConfig { ReadRecent = true }, Labels.Empty);
        using ISeriesQuerier querier = source.OpenQuerier();
        Assert.Empty(querier.LabelNames([], 0, 1, TestContext.Current.CancellationToken));
        Assert.Empty(querier.LabelValues("a", [], 0, 1, TestContext.Current.CancellationToken));
        Assert.EndsWith("not implemented", Assert.Single(querier.Warnings), StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _target.DisposeAsync();

    private static byte[] Accepting(byte[] body, ulong type)
    {
        ReadRequest request = ReadRequest.Parse(ReadBodies.Decompress(body));
        Assert.Equal([ReadRequest.StreamedChunks, ReadRequest.Samples], request.Accepted);
        return ReadBodies.Of(request.Queries, type);
    }

    private static (List<string> Series, string[] Warnings) Select(RemoteReadSource source, long minTime, long maxTime, params Matcher[] matchers)
    {
        using ISeriesQuerier querier = source.OpenQuerier();
        ISeriesSet set = querier.Select(new SeriesSelection(matchers, minTime, maxTime), TestContext.Current.CancellationToken);
        var texts = new List<string>();
        var buffer = new SampleBuffer();
        uint[] ids = new uint[set.Count];
        set.GetLabelValueIds("job", ids);
        for (int i = 0; i < set.Count; i++)
        {
            set.Read(i, minTime, maxTime, buffer);
            Assert.Equal(set.GetLabels(i)["job"], set.GetLabelValue(ids[i]));
            texts.Add($"{set.GetLabels(i)} {string.Join(' ', Enumerable.Range(0, buffer.Count).Select(k => $"{buffer.Values[k]}@{buffer.Timestamps[k]}"))}");
        }

        return (texts, [.. querier.Warnings]);
    }

    private string Warning(RemoteReadSource source, (string Body, string Type, string Status) answer)
    {
        _answer = _ => (Encoding.ASCII.GetBytes(answer.Body), answer.Type, answer.Status);
        (List<string> series, string[] warnings) = Select(source, 0, 30);
        Assert.Empty(series);
        return warnings.Single();
    }

    private RemoteReadSource Open(RemoteReadConfig config, Labels external, long localStart = 0) => new(
        config with { Url = ConfigUrl.Parse($"http://{_target.Address}/read"), Name = "test" }, external, new PlainCodec(), () => localStart, _clock, "Pharos/test");

    private (byte[] Body, string Type, string Status) Serve(byte[] body)
    {
        using var server = new RemoteReadServer(_store, new PlainCodec(), _limits);
        RemoteReadAnswer answer = server.Read(body, Labels.Empty);
        return answer.IsStream
            ? (ReadBodies.Join(answer), RemoteReadServer.StreamContentType, "200 OK")
            : (answer.Samples(CancellationToken.None).ToArray(), RemoteReadServer.SamplesContentType, "200 OK");
    }

    private async Task AnswerAsync(string head, Stream stream, CancellationToken stop)
    {
        string length = head.Split("Content-Length: ", 2)[1].Split("\r\n", 2)[0];
        byte[] body = new byte[int.Parse(length, CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, stop);
        (byte[] answer, string type, string status) = _answer(body);
        await FakeTarget.WriteAsync(stream, answer, $"Content-Type: {type}\r\n", status, stop);
    }
}
