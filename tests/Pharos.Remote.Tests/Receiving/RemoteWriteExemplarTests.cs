using System.Buffers;
using System.Net;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Remote.Receiving;
using Pharos.Testing;

namespace Pharos.Remote.Tests.Receiving;

public sealed class RemoteWriteExemplarTests
{
    private const long Now = 1_795_132_800_000;

    private static readonly string[] Hits = ["__name__", "hits_total", "job", "j"];

    private readonly InMemoryAppender _store = new();
    private readonly RecordingExemplars _exemplars = new();

    [Fact]
    public void Exemplars_of_new_and_known_series_are_stored_behind_their_samples()
    {
        RemoteWriteReceiver receiver = Receiver();
        Assert.Equal(HttpStatusCode.NoContent, Send(receiver, Request((["trace_id", "1"], 0.5, Now))));
        Assert.Equal(HttpStatusCode.NoContent, Send(receiver, Request((["trace_id", "2", "empty", ""], 1, Now + 1), (["trace_id", "3"], 2, 0))));

        SeriesRef series = _store.GetOrAdd(Labels.Of(Hits));
        Assert.Equal(
            [
                new SeriesExemplar(series, new Exemplar(Labels.Of("trace_id", "1"), 0.5, Now, true)),
                new SeriesExemplar(series, new Exemplar(Labels.Of("trace_id", "2"), 1, Now + 1, true)),
                new SeriesExemplar(series, new Exemplar(Labels.Of("trace_id", "3"), 2, 0, false)),
            ],
            _exemplars.Exemplars);
        Assert.Equal((3, 0), (receiver.Counters.ExemplarsAppended, receiver.Counters.ExemplarsIgnored));
    }

    [Fact]
    public void A_known_series_needs_no_sample_for_its_exemplar_and_an_unknown_one_has_none()
    {
        RemoteWriteReceiver receiver = Receiver();
        WriteRequestBuilder alone = new WriteRequestBuilder().AddWithExemplars(Hits, [], (["trace_id", "1"], 1, Now));
        Assert.Equal(HttpStatusCode.NoContent, Send(receiver, alone));
        Assert.Empty(_exemplars.Exemplars);

        Send(receiver, new WriteRequestBuilder().Add(Hits, (Now, 1)));
        Send(receiver, alone);
        Assert.Single(_exemplars.Exemplars);
        Assert.Equal((1, 1), (receiver.Counters.ExemplarsAppended, receiver.Counters.ExemplarsIgnored));
    }

    [Fact]
    public void What_lies_too_far_ahead_or_is_too_long_is_left_out_without_an_error()
    {
        RemoteWriteReceiver receiver = Receiver();
        Assert.Equal(HttpStatusCode.NoContent, Send(receiver, Request((["a", "1"], 1, Now + 601_000), (["a", new string('x', 600)], 1, Now), (["a", "2"], 1, Now + 600_000))));
        Assert.Equal("2", Assert.Single(_exemplars.Exemplars).Exemplar.Labels["a"]);
    }

    [Fact]
    public void A_store_that_keeps_none_gets_none()
    {
        _exemplars.KeepsExemplars = false;
        RemoteWriteReceiver receiver = Receiver();
        Assert.Equal(HttpStatusCode.NoContent, Send(receiver, Request((["trace_id", "1"], 0.5, Now))));
        Assert.Equal((0, 1), (_exemplars.Batches, (int)receiver.Counters.ExemplarsIgnored));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_malformed_exemplar_refuses_the_request_whether_they_are_kept_or_not(bool kept)
    {
        _exemplars.KeepsExemplars = kept;
        byte[] labels = InMemoryAppender.Encode(Labels.Of(Hits));
        byte[] series = [.. labels, 0x12, 0x02, 0x10, 0x01, 0x1a, 0x02, 0x08, 0x01];
        byte[] message = [0x0a, (byte)series.Length, .. series];
        RemoteWriteResponse response = Receiver().Receive(null, null, new ReadOnlySequence<byte>(WriteRequestBuilder.CompressToLiterals(message)));

        Assert.Equal(HttpStatusCode.BadRequest, response.Status);
        Assert.Contains("wire type 0 for field 1 of an exemplar", response.Message, StringComparison.Ordinal);
        Assert.Empty(_store.Series);
    }

    [Fact]
    public void More_exemplars_than_samples_may_be_in_a_request_are_refused()
    {
        RemoteWriteReceiver receiver = Receiver(new RemoteWriteLimits { MaxSamples = 2 });
        Send(receiver, new WriteRequestBuilder().Add(Hits, (Now, 1)));
        RemoteWriteResponse response = receiver.Receive(null, null, Body(Request([.. Enumerable.Range(0, 9).Select(static i => (new[] { "a", $"{i}" }, 1.0, Now))])));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.Status);
        Assert.Equal("the request has more than 2 exemplars", response.Message);
        Assert.Empty(_exemplars.Exemplars);
    }

    private static WriteRequestBuilder Request(params (string[] Labels, double Value, long Timestamp)[] exemplars) =>
        new WriteRequestBuilder().AddWithExemplars(Hits, [(Now, 1)], exemplars);

    private static ReadOnlySequence<byte> Body(WriteRequestBuilder request) => new(request.ToBody());

    private static HttpStatusCode Send(RemoteWriteReceiver receiver, WriteRequestBuilder request) => receiver.Receive(null, null, Body(request)).Status;

    private RemoteWriteReceiver Receiver(RemoteWriteLimits? limits = null) =>
        new(_store, limits ?? new RemoteWriteLimits(), new ManualTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(Now)), _exemplars);
}
