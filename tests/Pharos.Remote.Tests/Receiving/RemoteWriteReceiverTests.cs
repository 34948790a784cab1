using System.Buffers;
using System.Net;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Remote.Receiving;
using Pharos.Testing;

namespace Pharos.Remote.Tests.Receiving;

public sealed class RemoteWriteReceiverTests
{
    private const long Now = 1_795_132_800_000;

    private static readonly string[] Up = ["__name__", "up", "instance", "a:9100", "job", "node"];

    private readonly InMemoryAppender _store = new();
    private readonly RemoteWriteReceiver _receiver;

    public RemoteWriteReceiverTests()
    {
        _receiver = Receiver(new RemoteWriteLimits());
    }

    [Fact]
    public void Samples_of_new_and_known_series_are_stored()
    {
        Assert.Equal(HttpStatusCode.NoContent, Send(new WriteRequestBuilder().Add(Up, (Now, 1)).Add(["__name__", "x"], (Now, 2), (Now + 1, 3))).Status);
        Assert.Equal(HttpStatusCode.NoContent, Send(new WriteRequestBuilder().Add(Up, (Now + 15_000, 0)).Add(["__name__", "x"], (Now + 2, 4))).Status);

        Assert.Equal([new Sample(Now, 1), new Sample(Now + 15_000, 0)], _store.SamplesOf(Labels.Of(Up)));
        Assert.Equal([new Sample(Now, 2), new Sample(Now + 1, 3), new Sample(Now + 2, 4)], _store.SamplesOf(Labels.Of("__name__", "x")));
        Assert.Equal(2, _store.Batches);
        Assert.Equal(5, _receiver.Counters.SamplesAppended);
    }

    [Fact]
    public void A_known_series_with_one_sample_is_recognised_without_walking()
    {
        Send(new WriteRequestBuilder().Add(Up, (Now, 1)));
        Send(new WriteRequestBuilder().Add(Up, (Now + 1, 1)));

        Assert.Equal(1, _receiver.Counters.SeriesGuessed);
        Assert.Equal(1, _receiver.Counters.SeriesWalked);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_zero_is_recognised_written_or_not(bool omitted)
    {
        for (int i = 0; i < 3; i++)
        {
            Send(new WriteRequestBuilder { OmitsZeros = omitted }.Add(Up, (Now + i, 0)));
        }

        Send(new WriteRequestBuilder { OmitsZeros = omitted }.Add(Up, (Now + 3, 0), (Now + 4, 1), (Now + 5, 0)));

        Assert.Equal(2, _receiver.Counters.SeriesGuessed);
        Assert.Equal([0, 0, 0, 0, 1, 0], _store.SamplesOf(Labels.Of(Up)).Select(static s => s.Value));
    }

    [Fact]
    public void The_guess_is_given_up_for_a_sender_with_several_samples_in_a_series()
    {
        WriteRequestBuilder request = new();
        for (int i = 0; i < 100; i++)
        {
            request.Add(["__name__", "x", "i", $"{i}"], (Now, 1), (Now + 1, 2), (Now + 2, 3));
        }

        Send(request);

        Assert.Equal(100, _store.Series.Count);
        Assert.Equal(101, _store.Lookups.All);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData(127)]
    [InlineData(34_359_738_367)]
    [InlineData(34_359_738_368)]
    [InlineData(4_398_046_511_103)]
    public void Any_time_that_fits_is_read(long timestamp)
    {
        RemoteWriteReceiver receiver = Receiver(new RemoteWriteLimits { MaxAhead = TimeSpan.FromDays(36_500) });
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(HttpStatusCode.NoContent, Send(new WriteRequestBuilder().Add(Up, (timestamp, 5)), receiver).Status);
        }

        Assert.Equal([new Sample(timestamp, 5)], _store.SamplesOf(Labels.Of(Up)));
    }

    [Fact]
    public void Labels_in_another_order_or_with_empty_values_name_the_same_series()
    {
        Send(new WriteRequestBuilder().Add(Up, (Now, 1)));
        Send(new WriteRequestBuilder().Add(["job", "node", "__name__", "up", "instance", "a:9100"], (Now + 1, 2)));
        Send(new WriteRequestBuilder().Add(["__name__", "up", "dropped", "", "instance", "a:9100", "job", "node"], (Now + 2, 3)));
        Send(new WriteRequestBuilder().Add(["job", "node", "__name__", "up", "instance", "a:9100"], (Now + 3, 4)));

        Assert.Single(_store.Series);
        Assert.Equal([1, 2, 3, 4], _store.SamplesOf(Labels.Of(Up)).Select(static s => s.Value));
        Assert.Equal(1, _receiver.Counters.SeriesGuessed);
    }

    [Fact]
    public void Staleness_markers_keep_their_bits()
    {
        Send(new WriteRequestBuilder().Add(Up, (Now, Staleness.Marker)));

        Assert.True(Staleness.IsMarker(_store.SamplesOf(Labels.Of(Up))[0].Value));
    }

    [Fact]
    public void Refused_samples_are_told_and_the_others_are_stored()
    {
        _store.OldestTime = Now - 1000;
        Send(new WriteRequestBuilder().Add(["__name__", "a"], (Now, 1)).Add(["__name__", "b"], (Now, 1)));

        RemoteWriteResponse response = Send(new WriteRequestBuilder()
            .Add(["__name__", "a"], (Now - 1, 1))
            .Add(["__name__", "b"], (Now, 2), (Now + 1, 3))
            .Add(["__name__", "c"], (Now - 2000, 1))
            .Add(["__name__", "d"], (Now + 600_001, 1))
            .Add(["__name__", "e"], (Now + 600_000, 1)));

        Assert.Equal(HttpStatusCode.BadRequest, response.Status);
        Assert.Equal(
            [
                "out of bounds for series {__name__=\"d\"}",
                "out of order sample for series {__name__=\"a\"}",
                "duplicate sample for timestamp for series {__name__=\"b\"}",
                "out of bounds for series {__name__=\"c\"}",
            ],
            response.Message.Split('\n'));
        Assert.Equal([1, 3], _store.SamplesOf(Labels.Of("__name__", "b")).Select(static s => s.Value));
        Assert.Single(_store.SamplesOf(Labels.Of("__name__", "e")));
        Assert.Equal(4, _receiver.Counters.SamplesRefused);
    }

    [Theory]
    [InlineData(new[] { "job", "x" }, "invalid metric name or labels, got {job=\"x\"}")]
    [InlineData(new[] { "__name__", "" }, "invalid metric name or labels, got {}")]
    [InlineData(new string[0], "invalid metric name or labels, got {}")]
    [InlineData(new[] { "__name__", "a", "", "x" }, "invalid metric name or labels, got {\"\"=\"x\", __name__=\"a\"}")]
    [InlineData(new[] { "__name__", "a", "b", "1", "b", "2" }, "invalid labels for series, labels {__name__=\"a\", b=\"2\"}, duplicated label b")]
    public void Series_that_cannot_be_are_refused_alone(string[] labels, string message)
    {
        RemoteWriteResponse response = Send(new WriteRequestBuilder().Add(labels, (Now, 1), (Now + 1, 1)).Add(Up, (Now, 1)));

        Assert.Equal(HttpStatusCode.BadRequest, response.Status);
        Assert.Equal(message, response.Message);
        Assert.Equal([Labels.Of(Up)], _store.Series);
        Assert.Equal(2, _receiver.Counters.SamplesWithInvalidLabels);
    }

    [Fact]
    public void Text_that_is_not_UTF_8_is_refused()
    {
        byte[] message = new WriteRequestBuilder().Add(["__name__", "abc"], (Now, 1)).ToMessage();
        message[Array.IndexOf(message, (byte)'b')] = 0xff;

        RemoteWriteResponse response = Send(message);

        Assert.Equal(HttpStatusCode.BadRequest, response.Status);
        Assert.StartsWith("invalid metric name or labels, got ", response.Message, StringComparison.Ordinal);
        Assert.Empty(_store.Series);
    }

    [Fact]
    public void Long_labels_and_too_many_labels_are_refused()
    {
        RemoteWriteReceiver receiver = Receiver(new RemoteWriteLimits { MaxLabels = 2, MaxNameBytes = 10, MaxValueBytes = 10 });

        RemoteWriteResponse response = Send(
            new WriteRequestBuilder()
                .Add(["__name__", "a", "b", "c", "d", "e"], (Now, 1))
                .Add(["__name__", "a", "bbbbbbbbbbb", "c"], (Now, 1))
                .Add(["__name__", "a", "b", "ccccccccccc"], (Now, 1)),
            receiver);

        Assert.Equal(
            [
                "label limit exceeded for series a: more than 2 labels",
                "label name length limit exceeded for series a: 11 bytes, limit 10",
                "label value length limit exceeded for series a, label b: 11 bytes, limit 10",
            ],
            response.Message.Split('\n'));
        Assert.Empty(_store.Series);
    }

    [Fact]
    public void Only_the_first_refusals_are_told()
    {
        var request = new WriteRequestBuilder();
        for (int i = 0; i < 50; i++)
        {
            request.Add(["job", $"{i}"], (Now, 1));
        }

        string[] lines = Send(request).Message.Split('\n');

        Assert.Equal(11, lines.Length);
        Assert.Equal("and 40 more", lines[^1]);
    }

    [Fact]
    public void Metadata_and_exemplars_are_counted()
    {
        byte[] labels = InMemoryAppender.Encode(Labels.Of(Up));
        byte[] exemplar = [0x1a, 0x02, 0x18, 0x00];
        byte[] metadata = [0x1a, 0x02, 0x08, 0x01, 0x1a, 0x00];
        byte[] series = [.. labels, 0x12, 0x10, 0x09, .. BitConverter.GetBytes(1d), 0x10, .. TimeBytes(Now), .. exemplar];
        byte[] message = [0x0a, (byte)series.Length, .. series, .. metadata];

        RemoteWriteResponse response = Send(message);

        Assert.Equal(HttpStatusCode.NoContent, response.Status);
        Assert.Single(_store.SamplesOf(Labels.Of(Up)));
        Assert.Equal(2, _receiver.Counters.MetadataIgnored);
        Assert.Equal(1, _receiver.Counters.ExemplarsIgnored);
    }

    [Fact]
    public void Unknown_fields_and_fields_in_any_order_are_read()
    {
        byte[] sample = [0x10, .. TimeBytes(Now), 0x1d, 1, 2, 3, 4, 0x09, .. BitConverter.GetBytes(7d)];
        byte[] labels = InMemoryAppender.Encode(Labels.Of(Up));
        byte[] series = [0x12, (byte)sample.Length, .. sample, .. labels, 0x28, 0x01];

        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(HttpStatusCode.NoContent, Send([0x28, 0x05, 0x0a, (byte)series.Length, .. series]).Status);
        }

        Assert.Equal([new Sample(Now, 7)], _store.SamplesOf(Labels.Of(Up)));
    }

    [Fact]
    public void A_store_that_takes_nothing_makes_the_sender_try_again()
    {
        _store.IsUnavailable = true;

        RemoteWriteResponse response = Send(new WriteRequestBuilder().Add(Up, (Now, 1)));

        Assert.Equal(new RemoteWriteResponse(HttpStatusCode.ServiceUnavailable, "cannot write the log: no space left on device"), response);
    }

    [Fact]
    public void At_the_limit_of_series_known_ones_are_still_written()
    {
        _store.SeriesLimit = 1;

        RemoteWriteResponse response = Send(new WriteRequestBuilder().Add(Up, (Now, 1)).Add(["__name__", "new"], (Now, 1)).Add(Up, (Now + 1, 1)));

        Assert.Equal(HttpStatusCode.TooManyRequests, response.Status);
        Assert.Equal("the limit of 1 series in the head is reached, for series {__name__=\"new\"}", response.Message);
        Assert.Equal(2, _store.SamplesOf(Labels.Of(Up)).Count);
    }

    [Fact]
    public void Series_dropped_meanwhile_are_made_again()
    {
        _store.DropsBeforeAppend = 2;

        RemoteWriteResponse response = Send(new WriteRequestBuilder().Add(Up, (Now, 1), (Now + 1, 2)).Add(["__name__", "x"], (Now, 3)));

        Assert.Equal(HttpStatusCode.NoContent, response.Status);
        Assert.Equal(2, _store.SamplesOf(Labels.Of(Up)).Count);
        Assert.Single(_store.SamplesOf(Labels.Of("__name__", "x")));
    }

    [Fact]
    public void Series_dropped_again_and_again_make_the_sender_try_again()
    {
        _store.DropsBeforeAppend = 10;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, Send(new WriteRequestBuilder().Add(Up, (Now, 1))).Status);
    }

    [Fact]
    public void A_malformed_message_leaves_nothing_behind()
    {
        byte[] message = [.. new WriteRequestBuilder().Add(Up, (Now, 1)).ToMessage(), 0x0a, 0x7f];

        RemoteWriteResponse response = Send(message);

        Assert.Equal(HttpStatusCode.BadRequest, response.Status);
        Assert.StartsWith("malformed write request: length 127 where 0 bytes remain at byte ", response.Message, StringComparison.Ordinal);
        Assert.Empty(_store.Series);
        Assert.Equal(0, _store.Batches);
    }

    [Theory]
    [InlineData(null, null, 204)]
    [InlineData("", "", 204)]
    [InlineData("application/x-protobuf", "snappy", 204)]
    [InlineData("application/x-protobuf;proto=prometheus.WriteRequest", "SNAPPY", 204)]
    [InlineData("application/json", "snappy", 415)]
    [InlineData("application/x-protobuf;proto=other", "snappy", 415)]
    [InlineData("application/x-protobuf;charset", "snappy", 415)]
    [InlineData("application/x-protobuf", "gzip", 415)]
    public void Only_known_messages_with_snappy_are_taken(string? contentType, string? contentEncoding, int status)
    {
        var body = new ReadOnlySequence<byte>(new WriteRequestBuilder().Add(Up, (Now, 1)).ToBody());

        RemoteWriteResponse response = _receiver.Receive(contentType, contentEncoding, body);

        Assert.Equal(status, (int)response.Status);
        Assert.Equal(status == 204, response.Message.Length == 0);
    }

    [Fact]
    public void A_body_in_segments_is_read()
    {
        byte[] body = new WriteRequestBuilder().Add(Up, (Now, 1)).ToBody();
        var first = new Segment(body.AsMemory(0, 10), null);
        var last = new Segment(body.AsMemory(10), first);

        RemoteWriteResponse response = _receiver.Receive(null, null, new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length));

        Assert.Equal(HttpStatusCode.NoContent, response.Status);
    }

    [Theory]
    [InlineData(new byte[0], 400)]
    [InlineData(new byte[] { 0x05 }, 400)]
    [InlineData(new byte[] { 0x05, 0x00, 0x41 }, 400)]
    [InlineData(new byte[] { 0x80, 0x80, 0x80, 0x80, 0x04, 0x00 }, 400)]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff }, 400)]
    [InlineData(new byte[] { 0x00 }, 204)]
    public void A_claimed_length_takes_no_memory(byte[] body, int status)
    {
        var sequence = new ReadOnlySequence<byte>(body);
        _receiver.Receive(null, null, sequence);
        long before = GC.GetAllocatedBytesForCurrentThread();

        RemoteWriteResponse response = _receiver.Receive(null, null, sequence);

        Assert.Equal(status, (int)response.Status);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 4096);
    }

    [Fact]
    public void What_is_too_large_is_refused_before_it_is_decompressed()
    {
        byte[] body = new WriteRequestBuilder().Add(Up, (Now, 1)).ToBody();

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, Send(body, Receiver(new RemoteWriteLimits { MaxBodyBytes = 10 })).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, Send(body, Receiver(new RemoteWriteLimits { MaxMessageBytes = 10 })).Status);
        Assert.Equal(
            HttpStatusCode.RequestEntityTooLarge,
            Send(new WriteRequestBuilder().Add(Up, (Now, 1), (Now + 1, 1)).Add(["__name__", "x"], (Now, 1)).ToBody(), Receiver(new RemoteWriteLimits { MaxSamples = 2 })).Status);
        Assert.Empty(_store.SamplesOf(Labels.Of(Up)));
    }

    private RemoteWriteReceiver Receiver(RemoteWriteLimits limits) =>
        new(_store, limits, new ManualTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(Now)));

    private RemoteWriteResponse Send(WriteRequestBuilder request, RemoteWriteReceiver? receiver = null) => Send(request.ToBody(), receiver ?? _receiver);

    private RemoteWriteResponse Send(byte[] message) => Send(WriteRequestBuilder.CompressToLiterals(message), _receiver);

    private static RemoteWriteResponse Send(byte[] body, RemoteWriteReceiver receiver) =>
        receiver.Receive("application/x-protobuf", "snappy", new ReadOnlySequence<byte>(body));

    private static byte[] TimeBytes(long timestamp)
    {
        byte[] bytes = new byte[6];
        for (int i = 0; i < 6; i++)
        {
            bytes[i] = (byte)(((timestamp >> (7 * i)) & 0x7f) + (i < 5 ? 0x80 : 0));
        }

        return bytes;
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, Segment? before)
        {
            Memory = memory;
            RunningIndex = before is null ? 0 : before.RunningIndex + before.Memory.Length;
            if (before is not null)
            {
                before.Next = this;
            }
        }
    }
}
