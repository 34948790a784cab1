using System.Buffers;
using System.Net;
using Pharos.Core.Contracts;
using Pharos.Core.Histograms;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Remote.Configuration;
using Pharos.Remote.Receiving;
using Pharos.Testing;

namespace Pharos.Remote.Tests.Receiving;

public sealed class RemoteWriteVersion2Tests
{
    private const long Now = 1_700_000_000_000;
    private const string ContentType = "application/x-protobuf;proto=" + RemoteWriteConfig.Version2Message;

    private static readonly string[] Up = ["__name__", "up", "job", "a"];
    private static readonly Labels UpLabels = Labels.Of("__name__", "up", "job", "a");

    private readonly InMemoryAppender _store = new();
    private readonly RecordingExemplars _exemplars = new();
    private readonly RecordingMetadata _metadata = new();
    private RemoteWriteReceiver _receiver;

    public RemoteWriteVersion2Tests()
    {
        _receiver = Make(typeAndUnitLabels: false);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Samples_are_stored_and_counted_whatever_the_order_of_fields(bool symbolsLast, bool isUnpacked)
    {
        var builder = new WriteRequestV2Builder { SymbolsLast = symbolsLast, IsUnpacked = isUnpacked };
        builder.Add(Up, [(Now, 1), (Now + 1, 0)], start: Now - 1000).Add(["__name__", "other"], [(Now, 3)]);
        Assert.Equal(new RemoteWriteResponse(HttpStatusCode.NoContent, "", new WrittenCounts(3, 0, 0)), Send(builder));
        Assert.Equal([new Sample(Now, 1), new Sample(Now + 1, 0)], _store.SamplesOf(UpLabels));
        Assert.Equal([new Sample(Now, 3)], _store.SamplesOf(Labels.Of("__name__", "other")));
    }

    [Fact]
    public void A_known_series_is_found_by_its_bytes_in_whatever_order_its_labels_come()
    {
        Send(new WriteRequestV2Builder().Add(Up, [(Now, 1)]));
        Send(new WriteRequestV2Builder().Add(["job", "a", "__name__", "up"], [(Now + 1, 2)]));
        (int all, int found) = _store.Lookups;
        Send(new WriteRequestV2Builder().Add(["job", "a", "__name__", "up"], [(Now + 2, 3)]).Add(Up, [(Now + 3, 4)]));
        Assert.Equal((all + 2, found + 2), _store.Lookups);
        Assert.Equal([1.0, 2, 3, 4], _store.SamplesOf(UpLabels).Select(static s => s.Value));
        Assert.Single(_store.Series);
    }

    [Fact]
    public void What_cannot_be_stored_is_refused_alone_and_the_answer_says_how_much_was_written()
    {
        Send(new WriteRequestV2Builder().Add(Up, [(Now, 1)]));
        RemoteWriteResponse response = Send(new WriteRequestV2Builder()
            .Add(Up, [(Now - 5, 1), (Now, 2), (Now + 1, 3)])
            .Add(["job", "nameless"], [(Now, 1)])
            .Add(["__name__", "twice", "a", "1", "a", "2"], [(Now, 1)])
            .Add(["__name__", "far"], [(Now + 3_600_000, 1)])
            .Add(["__name__", "nothing"], [])
            .AddReferences([1], [(Now, 1)])
            .AddReferences([1, 77], [(Now, 1), (Now, 2)])
            .AddReferences([1, 2], [(Now + 9, 1)], unit: 99));
        Assert.Equal((HttpStatusCode.BadRequest, new WrittenCounts(1, 0, 0)), (response.Status, response.Written));
        Assert.Equal(
            [
                "invalid metric name or labels, got {job=\"nameless\"}",
                "invalid labels for series, labels {__name__=\"twice\", a=\"2\"}, duplicated label a",
                "TimeSeries must contain at least one sample or histogram for series {__name__=\"nothing\"}",
                "parsing labels for series [1]: invalid labelRefs length 1",
                "parsing labels for series [1 77]: labelRefs 1 (name) = 77 (value) outside of symbols table (size 11)",
                "parsing metadata for series [1 2]: metadata unit_ref 99 outside of symbols table (size 11)",
                "out of bounds for series {__name__=\"far\"}",
                "out of order sample for series {__name__=\"up\", job=\"a\"}",
                "duplicate sample for timestamp for series {__name__=\"up\", job=\"a\"}",
            ],
            response.Message.Split('\n'));
        Assert.Equal((5, 3), (_receiver.Counters.SamplesWithInvalidLabels, _receiver.Counters.SamplesRefused));
    }

    [Fact]
    public void A_malformed_request_leaves_nothing_behind()
    {
        byte[] message = new WriteRequestV2Builder().Add(Up, [(Now, 1)]).Add(["__name__", "b"], [(Now, 1)]).ToMessage();
        for (int length = 1; length < message.Length; length++)
        {
            RemoteWriteResponse response = Send(WriteRequestBuilder.CompressToLiterals(message.AsSpan(0, length)));
            Assert.True(response.Written == default(WrittenCounts) || response.Status == HttpStatusCode.NoContent || _store.Series.Count <= 1, $"{length}: {response}");
        }
    }

    [Fact]
    public void Exemplars_are_stored_counted_and_come_alone_too_as_upstream_sends_them()
    {
        RemoteWriteResponse response = Send(new WriteRequestV2Builder()
            .Add(Up, [(Now, 1)], [(["trace_id", "t1"], 0.5, Now - 1)])
            .Add(Up, [], [(["trace_id", "t2"], 0.6, Now)]));
        Assert.Equal(new RemoteWriteResponse(HttpStatusCode.NoContent, "", new WrittenCounts(1, 0, 2)), response);
        Assert.Equal(["t1", "t2"], _exemplars.Exemplars.Select(static e => e.Exemplar.Labels["trace_id"]));

        _exemplars.Late.Add(_exemplars.Exemplars[0].Series);
        response = Send(new WriteRequestV2Builder().Add(Up, [(Now + 1, 1)], [(["trace_id", "t3"], 0.5, Now - 9)]));
        Assert.Equal(new RemoteWriteResponse(HttpStatusCode.BadRequest, "out of order exemplar: 1 of this request", new WrittenCounts(1, 0, 0)), response);

        _exemplars.KeepsExemplars = false;
        response = Send(new WriteRequestV2Builder().Add(Up, [(Now + 2, 1)], [(["trace_id", "t4"], 0.5, Now + 2)]));
        Assert.Equal(new WrittenCounts(1, 0, 1), response.Written);
    }

    [Fact]
    public void Histograms_are_stored_as_they_were_sent()
    {
        FloatHistogram histogram = new RandomHistograms(3).Any();
        RemoteWriteResponse response = Send(new WriteRequestV2Builder().Add(Up, [], histograms: [(Now, histogram), (Now + 3_600_000, histogram)]));
        Assert.Equal((HttpStatusCode.BadRequest, new WrittenCounts(0, 1, 0)), (response.Status, response.Written));
        Assert.Equal("out of bounds for series {__name__=\"up\", job=\"a\"}", response.Message);
        Assert.Equal(Now, Assert.Single(_store.TimedHistogramsOf(UpLabels)).Timestamp);
        Assert.Equal((1, 1), (_receiver.Counters.HistogramsAppended, _receiver.Counters.HistogramsRefused));
    }

    [Fact]
    public void Metadata_goes_where_it_is_kept()
    {
        WriteRequestV2Builder request = new WriteRequestV2Builder().Add(Up, [(Now, 1)], type: MetricType.Gauge, unit: "ratio", help: "Whether it is up.").Add(["__name__", "b"], [(Now, 1)]);
        _metadata.Unknown = 1;
        Send(request);
        SeriesMetadata kept = Assert.Single(_metadata.Metadata);
        Assert.Equal((MetricType.Gauge, "ratio", "Whether it is up."), (kept.Type, kept.Unit, kept.Help));
        Assert.Equal(1, _receiver.Counters.WithoutMetadata);
        _metadata.KeepsMetadata = false;
        Send(request);
        Assert.Single(_metadata.Metadata);
    }

    [Fact]
    public void Types_and_units_become_labels_where_that_is_wanted()
    {
        _receiver = Make(typeAndUnitLabels: true);
        for (int i = 0; i < 2; i++)
        {
            Send(new WriteRequestV2Builder()
                .Add(["__name__", "up", "__type__", "wrong", "__unit__", "wrong", "job", "a"], [(Now + i, 1)], type: MetricType.Gauge, unit: "ratio")
                .Add(["__name__", "own", "__type__", "kept"], [(Now + i, 1)]));
        }

        Assert.Equal(
            [Labels.Of("__name__", "own", "__type__", "kept"), Labels.Of("__name__", "up", "__type__", "gauge", "__unit__", "ratio", "job", "a")],
            _store.Series.OrderBy(static l => l.MetricName));
        Assert.All(_store.Series, labels => Assert.Equal(2, _store.SamplesOf(labels).Count));
    }

    [Fact]
    public void Messages_that_are_not_accepted_are_answered_415()
    {
        var receiver = new RemoteWriteReceiver(new WriteTargets(_store), new RemoteWriteLimits(), TimeProvider.System, [RemoteWriteConfig.Version1Message]);
        RemoteWriteResponse response = receiver.Receive(ContentType, "snappy", new ReadOnlySequence<byte>(new WriteRequestV2Builder().ToBody()));
        Assert.Equal(
            (HttpStatusCode.UnsupportedMediaType, "io.prometheus.write.v2.Request protobuf message is not accepted by this server; only accepts prometheus.WriteRequest"),
            (response.Status, response.Message));
        response = _receiver.Receive("application/x-protobuf;proto=other", "snappy", default);
        Assert.Equal(
            "got application/x-protobuf;proto=other content type; unknown type for remote write protobuf message other, supported: prometheus.WriteRequest, io.prometheus.write.v2.Request",
            response.Message);
    }

    [Fact]
    public void A_message_of_version_1_under_the_name_of_2_is_empty()
    {
        RemoteWriteResponse response = Send(new WriteRequestBuilder().Add(Up, (Now, 1)).ToBody());
        Assert.Equal(new RemoteWriteResponse(HttpStatusCode.NoContent, "", default(WrittenCounts)), response);
        Assert.Empty(_store.Series);
    }

    [Fact]
    public void Series_that_the_store_drops_before_the_batch_arrives_are_made_anew()
    {
        Send(new WriteRequestV2Builder().Add(Up, [(Now, 1)]));
        _store.DropsBeforeAppend = 1;
        Assert.Equal(new WrittenCounts(2, 0, 0), Send(new WriteRequestV2Builder().Add(Up, [(Now + 1, 2), (Now + 2, 3)])).Written);
        Assert.Equal([2.0, 3], _store.SamplesOf(UpLabels).Select(static s => s.Value));
    }

    [Fact]
    public void A_store_that_is_full_or_failing_says_so_and_has_written_nothing()
    {
        _store.SeriesLimit = 1;
        RemoteWriteResponse response = Send(new WriteRequestV2Builder().Add(Up, [(Now, 1)]).Add(["__name__", "b"], [(Now, 1)]));
        Assert.Equal((HttpStatusCode.TooManyRequests, new WrittenCounts(1, 0, 0)), (response.Status, response.Written));
        _store.IsUnavailable = true;
        response = Send(new WriteRequestV2Builder().Add(Up, [(Now + 1, 1)]));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, default(WrittenCounts)), (response.Status, response.Written));
    }

    [Fact]
    public void Too_many_samples_are_refused()
    {
        _receiver = new RemoteWriteReceiver(new WriteTargets(_store), new RemoteWriteLimits { MaxSamples = 2 }, TimeProvider.System);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, Send(new WriteRequestV2Builder().Add(Up, [(Now, 1), (Now + 1, 1), (Now + 2, 1)])).Status);
    }

    [Fact]
    public void Requests_that_were_damaged_anywhere_are_answered_and_never_more()
    {
        var random = new Random(11);
        int read = 0;
        for (int round = 0; round < 20_000; round++)
        {
            byte[] message = RandomRequest(random).ToMessage();
            for (int damage = random.Next(4); damage > 0; damage--)
            {
                message[random.Next(message.Length)] = (byte)random.Next(256);
            }

            RemoteWriteResponse response = Send(WriteRequestBuilder.CompressToLiterals(message));
            read += response.Message.StartsWith("malformed", StringComparison.Ordinal) ? 0 : 1;
            Assert.True(response.Status is HttpStatusCode.NoContent or HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge, response.ToString());
        }

        Assert.InRange(read, 2000, 18_000);
        Assert.All(_store.Series, static labels => Assert.NotEmpty(labels.MetricName));
    }

    [Fact]
    public void Random_requests_arrive_as_they_were_built()
    {
        var random = new Random(12);
        for (int round = 0; round < 300; round++)
        {
            var builder = new WriteRequestV2Builder { SymbolsLast = random.Next(2) == 0, IsUnpacked = random.Next(2) == 0 };
            string[] name = ["__name__", $"m{round}", "x", new string('é', random.Next(1, 300))];
            (long, double)[] samples = [.. Enumerable.Range(0, random.Next(1, 5)).Select(i => (Now + i, random.NextDouble()))];
            Assert.Equal(new WrittenCounts(samples.Length, 0, 0), Send(builder.Add(name, samples)).Written);
            Assert.Equal(samples, _store.SamplesOf(Labels.Of(name)).Select(static s => (s.Timestamp, s.Value)));
        }
    }

    [Fact]
    public void A_steady_sender_costs_no_allocation_per_series()
    {
        var receiver = new RemoteWriteReceiver(new WriteTargets(new RememberingStore()), new RemoteWriteLimits(), new ManualTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(Now)));
        var builder = new WriteRequestV2Builder();
        for (int i = 0; i < 500; i++)
        {
            builder.Add(["__name__", "http_requests_total", "i", $"{i}"], [(Now, i)]);
        }

        var body = new ReadOnlySequence<byte>(builder.ToBody());
        receiver.Receive(ContentType, null, body);
        receiver.Receive(ContentType, null, body);
        long before = GC.GetAllocatedBytesForCurrentThread();
        receiver.Receive(ContentType, null, body);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1500);
    }

    private static WriteRequestV2Builder RandomRequest(Random random)
    {
        var builder = new WriteRequestV2Builder { SymbolsLast = random.Next(2) == 0 };
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            builder.Add(
                ["__name__", $"metric_{random.Next(6)}", "a", $"{random.Next(3)}"],
                [.. Enumerable.Range(0, random.Next(3)).Select(k => (Now + random.Next(5) + k, random.NextDouble()))],
                [.. Enumerable.Range(0, random.Next(2)).Select(_ => (new[] { "trace_id", "x" }, random.NextDouble(), Now))],
                (MetricType)random.Next(8),
                random.Next(2) == 0 ? "s" : "",
                random.Next(2) == 0 ? "help" : "");
        }

        return builder;
    }

    private RemoteWriteReceiver Make(bool typeAndUnitLabels) => new(
        new WriteTargets(_store, _exemplars, _metadata, typeAndUnitLabels), new RemoteWriteLimits(), new ManualTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(Now)));

    private RemoteWriteResponse Send(WriteRequestV2Builder builder) => Send(builder.ToBody());

    private RemoteWriteResponse Send(byte[] body) => _receiver.Receive(ContentType, "snappy", new ReadOnlySequence<byte>(body));
}
