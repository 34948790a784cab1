using System.Net;
using Pharos.Core.Contracts;
using Pharos.Core.Histograms;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Remote.Receiving;
using Pharos.Remote.Sending;
using Pharos.Testing;
using static Pharos.Remote.Tests.Sending.SendingSetup;

namespace Pharos.Remote.Tests.Sending;

public sealed class RemoteWriteManagerTests
{
    [Fact]
    public async Task What_is_stored_from_now_on_is_sent_as_version_1_and_nothing_from_before()
    {
        await using var setup = new SendingSetup();
        SeriesRef up = setup.Log.Hold(7, Named("up", "job", "a"));
        setup.Log.Append(At(up, 0, 1));
        await setup.ApplyAsync();
        setup.Log.Append(At(up, 1, 0), At(up, 2, -2.5));
        await setup.DeliverAsync(2);

        Assert.Equal(["up{job=\"a\"} 0@1700000001000", "up{job=\"a\"} -2.5@1700000002000"], setup.Receiver.Samples);
        IReadOnlyDictionary<string, string> headers = Assert.Single(setup.Receiver.Requests).Headers;
        Assert.Equal(
            ("snappy", "application/x-protobuf", "0.1.0", "Pharos/test"),
            (headers["Content-Encoding"], headers["Content-Type"], headers["X-Prometheus-Remote-Write-Version"], headers["User-Agent"]));
        Assert.False(headers.ContainsKey("Retry-Attempt"));
        await Wait.UntilAsync(() => setup.Counters[RemoteWriteCount.PendingSamples] == 0, "nothing to be pending");
        Assert.Equal((2, 0, T + 2000), (setup.Counters[RemoteWriteCount.Samples], setup.Counters[RemoteWriteCount.FailedSamples], setup.Counters[RemoteWriteCount.NewestSent]));
    }

    [Fact]
    public async Task A_full_request_does_not_wait_and_the_rest_waits_for_the_deadline()
    {
        await using var setup = new SendingSetup();
        SeriesRef up = setup.Log.Hold(1, Named("up"));
        await setup.ApplyAsync("queue_config: {max_samples_per_send: 3, capacity: 10}");
        setup.Log.Append([.. Enumerable.Range(1, 8).Select(i => At(up, i, i))]);
        await Wait.UntilAsync(() => setup.Receiver.SampleCount == 6, "two full requests");
        await Wait.UntilAsync(() => setup.Clock.HasTimerIn(TimeSpan.FromSeconds(5)), "the deadline of the third");
        setup.Clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(2, setup.Receiver.Requests.Count);
        setup.Clock.Advance(TimeSpan.FromSeconds(1));
        await Wait.UntilAsync(() => setup.Receiver.SampleCount == 8, "the rest");
        Assert.Equal([3, 3, 2], setup.Receiver.Requests.Select(static r => r.SampleCount));
    }

    [Fact]
    public async Task External_labels_are_added_where_there_are_none_and_relabelling_changes_and_drops()
    {
        await using var setup = new SendingSetup();
        SeriesRef kept = setup.Log.Hold(1, Named("kept", "job", "a", "zone", "own"));
        SeriesRef dropped = setup.Log.Hold(2, Named("dropped", "job", "a"));
        await setup.ApplyAsync(
            "write_relabel_configs: [{source_labels: [__name__], regex: dropped, action: drop}, {source_labels: [cluster], target_label: origin}]",
            Labels.Of("cluster", "c1", "zone", "z"));
        setup.Log.Append(At(kept, 1, 1), At(dropped, 1, 2), At(dropped, 2, 3));
        await setup.DeliverAsync(1);

        Assert.Equal(["kept{cluster=\"c1\", job=\"a\", origin=\"c1\", zone=\"own\"} 1@1700000001000"], setup.Receiver.Samples);
        Assert.Equal(2, setup.Counters[RemoteWriteCount.DroppedSamples]);
    }

    [Theory]
    [InlineData(500, "", true)]
    [InlineData(503, "", true)]
    [InlineData(429, "", false)]
    [InlineData(429, "queue_config: {retry_on_http_429: true}", true)]
    [InlineData(400, "", false)]
    [InlineData(415, "", false)]
    public async Task A_failure_of_the_server_is_tried_again_and_a_refusal_is_not(int status, string yaml, bool triesAgain)
    {
        await using var setup = new SendingSetup();
        SeriesRef up = setup.Log.Hold(1, Named("up"));
        await setup.ApplyAsync(yaml);
        setup.Receiver.Answer = request => request.Headers.ContainsKey("Retry-Attempt") ? null : new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent("no\n") };
        setup.Log.Append(At(up, 1, 1));
        await Wait.UntilAsync(() => setup.Clock.HasTimerIn(TimeSpan.FromSeconds(5)), "the deadline");
        setup.Clock.Advance(TimeSpan.FromSeconds(5));
        if (triesAgain)
        {
            await Wait.UntilAsync(() => setup.Clock.HasTimerIn(TimeSpan.FromMilliseconds(30)), "the pause");
            setup.Clock.Advance(TimeSpan.FromMilliseconds(30));
            await Wait.UntilAsync(() => setup.Receiver.SampleCount == 1, "the sample");
            Assert.Equal("1", setup.Receiver.Requests[1].Headers["Retry-Attempt"]);
            Assert.Equal((2, 1, 0), (setup.Counters[RemoteWriteCount.Samples], setup.Counters[RemoteWriteCount.RetriedSamples], setup.Counters[RemoteWriteCount.FailedSamples]));
            Assert.Contains(setup.Messages.Lines, line => line.StartsWith($"retrying: server returned HTTP status {status} ", StringComparison.Ordinal) && line.EndsWith(": no\n", StringComparison.Ordinal));
        }
        else
        {
            await Wait.UntilAsync(() => setup.Counters[RemoteWriteCount.FailedSamples] == 1, "the sample to be given up");
            Assert.Contains(setup.Messages.Lines, line => line.StartsWith($"failed 1/0/0: server returned HTTP status {status} ", StringComparison.Ordinal));
            setup.Log.Append(At(up, 2, 2));
            setup.Receiver.Answer = null;
            await setup.DeliverAsync(1);
            Assert.Equal(["up 2@1700000002000"], setup.Receiver.Samples);
        }
    }

    [Fact]
    public async Task Pauses_double_up_to_the_greatest_and_an_answer_may_ask_for_another()
    {
        await using var setup = new SendingSetup();
        SeriesRef up = setup.Log.Hold(1, Named("up"));
        await setup.ApplyAsync("queue_config: {min_backoff: 100ms, max_backoff: 300ms, batch_send_deadline: 1s}");
        int attempts = 0;
        setup.Receiver.Answer = _ =>
        {
            var answer = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
            if (++attempts == 4)
            {
                answer.Headers.TryAddWithoutValidation("Retry-After", "7");
            }

            return attempts == 6 ? null : answer;
        };
        setup.Log.Append(At(up, 1, 1));
        await Wait.UntilAsync(() => setup.Clock.HasTimerIn(TimeSpan.FromSeconds(1)), "the deadline");
        setup.Clock.Advance(TimeSpan.FromSeconds(1));
        foreach (int pause in new[] { 100, 200, 300, 7000, 300 })
        {
            await Wait.UntilAsync(() => setup.Clock.HasTimerIn(TimeSpan.FromMilliseconds(pause)), $"a pause of {pause} ms");
            setup.Clock.Advance(TimeSpan.FromMilliseconds(pause));
        }

        await Wait.UntilAsync(() => setup.Receiver.SampleCount == 1, "the sample");
        Assert.Contains("waiting 00:00:07", setup.Messages.Lines);
        Assert.Equal(6, setup.Counters.DurationCounts.ToArray().Sum());
    }

    [Fact]
    public async Task A_receiver_that_is_down_costs_no_more_memory_than_its_shards_and_gets_everything_once_when_it_is_back()
    {
        await using var setup = new SendingSetup();
        SeriesRef[] series = [.. Enumerable.Range(1, 7).Select(i => setup.Log.Hold((ulong)i, Named("m", "i", i.ToString())))];
        await setup.ApplyAsync("queue_config: {max_samples_per_send: 5, capacity: 10, min_shards: 2, max_shards: 2, batch_send_deadline: 1s}");
        setup.Receiver.Answer = static _ => new HttpResponseMessage(HttpStatusCode.InternalServerError);
        for (int second = 1; second <= 100; second++)
        {
            setup.Log.Append([.. series.Select(one => At(one, second, second))]);
        }

        await Wait.UntilAsync(() => setup.Counters[RemoteWriteCount.EnqueueRetries] > 0, "the shards to be full");
        Assert.InRange(setup.Counters[RemoteWriteCount.PendingSamples], 1, 2 * (10 + 5 + 5));
        setup.Receiver.Answer = null;
        await Wait.UntilAsync(
            () =>
            {
                setup.Clock.Advance(TimeSpan.FromMilliseconds(500));
                return setup.Receiver.SampleCount >= 700;
            },
            "all samples");
        Assert.Equal(700, setup.Receiver.Samples.Distinct().Count());
        Assert.Equal(700, setup.Receiver.SampleCount);
        foreach (IGrouping<Labels, WrittenSeries> one in setup.Receiver.Taken.SelectMany(static r => r.Series).GroupBy(static s => s.Labels))
        {
            Assert.Equal(Enumerable.Range(1, 100).Select(static s => (double)s), one.SelectMany(static s => s.Samples).Select(static s => s.Value));
        }
    }

    [Fact]
    public async Task Samples_older_than_the_limit_are_dropped_when_they_are_read_and_while_they_wait()
    {
        await using var setup = new SendingSetup();
        SeriesRef up = setup.Log.Hold(1, Named("up"));
        await setup.ApplyAsync("queue_config: {sample_age_limit: 10s, batch_send_deadline: 1s, min_backoff: 20s, max_backoff: 20s}");
        setup.Receiver.Answer = request => request.Headers.ContainsKey("Retry-Attempt") ? null : new HttpResponseMessage(HttpStatusCode.InternalServerError);
        setup.Log.Append(At(up, -11, 1), At(up, -1, 2), At(up, 15, 3));
        await Wait.UntilAsync(() => setup.Clock.HasTimerIn(TimeSpan.FromSeconds(1)), "the deadline");
        Assert.Equal(1, setup.Counters[RemoteWriteCount.OldSamples]);
        setup.Clock.Advance(TimeSpan.FromSeconds(1));
        await Wait.UntilAsync(() => setup.Clock.HasTimerIn(TimeSpan.FromSeconds(20)), "the pause");
        setup.Clock.Advance(TimeSpan.FromSeconds(20));
        await Wait.UntilAsync(() => setup.Receiver.SampleCount == 1, "the young sample");
        Assert.Equal(["up 3@1700000015000"], setup.Receiver.Samples);
        Assert.Equal((2, 0), (setup.Counters[RemoteWriteCount.OldSamples], setup.Counters[RemoteWriteCount.FailedSamples]));
    }

    [Fact]
    public async Task Labels_that_the_store_forgot_come_from_its_log_and_what_nobody_describes_is_counted()
    {
        await using var setup = new SendingSetup();
        SeriesRef a = setup.Log.Hold(1, Named("a"));
        SeriesRef b = setup.Log.Hold(2, Named("b"));
        setup.Log.Hold(3, Named("c"));
        setup.Log.Forget(1);
        setup.Log.Forget(2);
        setup.Log.Forget(3, everywhere: true);
        await setup.ApplyAsync();
        setup.Log.Append(At(a, 1, 1), At(b, 1, 2), At(new SeriesRef(3), 1, 3), At(new SeriesRef(1UL << 40), 1, 4));
        setup.Log.Describe(4, Named("d"));
        setup.Log.Append(At(new SeriesRef(4), 2, 5));
        await setup.DeliverAsync(3);
        Assert.Equal(["a 1@1700000001000", "b 2@1700000001000", "d 5@1700000002000"], setup.Receiver.Samples);
        Assert.Equal((1, 2), (setup.Log.Scans, setup.Counters[RemoteWriteCount.UnknownSamples]));
        Assert.Contains(setup.Messages.Lines, static line => line.StartsWith("unknown ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_log_that_cannot_be_read_is_tried_again_and_segments_that_are_gone_are_told()
    {
        await using var setup = new SendingSetup();
        SeriesRef up = setup.Log.Hold(1, Named("up"));
        await setup.ApplyAsync();
        await Wait.UntilAsync(() => setup.Messages.Lines.Count > 0, "the start");
        setup.Log.Failures = 1;
        setup.Log.Append(At(up, 1, 1));
        await Wait.UntilAsync(() => setup.Counters[RemoteWriteCount.DecodeFailures] == 1, "the failure");
        await Wait.UntilAsync(() => setup.Clock.HasTimerIn(TimeSpan.FromSeconds(5)), "the pause");
        setup.Clock.Advance(TimeSpan.FromSeconds(5));
        await setup.DeliverAsync(1);
        Assert.Contains("unreadable: the disk is gone", setup.Messages.Lines);
    }

    [Fact]
    public async Task Exemplars_are_sent_where_that_is_wanted()
    {
        await using var setup = new SendingSetup();
        SeriesRef up = setup.Log.Hold(1, Named("up"));
        await setup.ApplyAsync("send_exemplars: true");
        setup.Log.Append(At(up, 1, 1));
        setup.Log.Append(new SeriesExemplar(up, new Exemplar(Labels.Of("trace_id", "x"), 0.5, T + 900, HasTimestamp: true)));
        await Wait.UntilAsync(() => setup.Counters[RemoteWriteCount.PendingExemplars] == 1, "the exemplar to be read");
        await setup.DeliverAsync(1);
        Assert.Equal(
            [new Exemplar(Labels.Of("trace_id", "x"), 0.5, T + 900, HasTimestamp: true)],
            Assert.Single(setup.Receiver.Taken).Series.SelectMany(static series => series.Exemplars));
        Assert.Equal(1, setup.Counters[RemoteWriteCount.Exemplars]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("protobuf_message: io.prometheus.write.v2.Request")]
    public async Task Native_histograms_are_sent_where_that_is_wanted_as_the_receiver_reads_them(string version)
    {
        await using var setup = new SendingSetup();
        SeriesRef a = setup.Log.Hold(1, Named("a"));
        await setup.ApplyAsync($"send_native_histograms: true\n{version}");
        var random = new RandomHistograms(5);
        NativeHistogram[] sent = [.. Enumerable.Range(0, 60).Select(_ => random.Any()).Select(static (h, i) => new NativeHistogram(h))];
        setup.Log.Append([.. sent.Select((h, i) => new LoggedHistogram(a, T + i, h))]);
        NativeHistogram[] expected = [.. sent.Where(h => version.Length > 0 || !h.Floats!.UsesCustomBuckets)];
        await Wait.UntilAsync(() => setup.Counters[RemoteWriteCount.PendingHistograms] == expected.Length, "histograms to be read");
        setup.Clock.Advance(TimeSpan.FromSeconds(5));
        await Wait.UntilAsync(() => setup.Counters[RemoteWriteCount.PendingHistograms] == 0, "histograms to be sent");
        Assert.Equal((0, expected.Length, sent.Length - expected.Length), (setup.Counters[RemoteWriteCount.FailedHistograms], setup.Counters[RemoteWriteCount.Histograms], setup.Counters[RemoteWriteCount.UnsupportedHistograms]));

        byte[][] messages = [.. setup.Receiver.Taken.SelectMany(static r => r.Series).SelectMany(static s => s.Histograms)];
        var reader = new HistogramMessage();
        for (int i = 0; i < messages.Length; i++)
        {
            Assert.True(reader.TryRead(messages[i], out _));
            Assert.True(reader.TryGet(out NativeHistogram read, out string? error), error);
            Assert.True(expected[i].Floats!.ContentEquals(read.ToFloat()), $"{i}");
        }
    }

    [Fact]
    public async Task Metadata_is_sent_every_minute_in_requests_of_its_own()
    {
        await using var setup = new SendingSetup();
        setup.Metadata = [new("a", MetricType.Counter, "Help of a.", "seconds"), new("b", MetricType.Gauge, "", ""), new("b", MetricType.Gauge, "", "")];
        await setup.ApplyAsync("metadata_config: {max_samples_per_send: 1}");
        await Wait.UntilAsync(() => setup.Clock.HasTimerIn(TimeSpan.FromMinutes(1)), "the timer of metadata");
        setup.Clock.Advance(TimeSpan.FromMinutes(1));
        await Wait.UntilAsync(() => setup.Receiver.Metadata.Count == 2, "metadata");
        Assert.Equal([("a", MetricType.Counter, "Help of a.", "seconds"), ("b", MetricType.Gauge, "", "")], setup.Receiver.Metadata);
        await Wait.UntilAsync(() => setup.Counters[RemoteWriteCount.Metadata] == 2, "the count");
        Assert.True(setup.Counters[RemoteWriteCount.MetadataBytes] > 0);
    }

    [Fact]
    public async Task Stopping_sends_what_is_stored()
    {
        await using var setup = new SendingSetup();
        SeriesRef up = setup.Log.Hold(1, Named("up"));
        await setup.ApplyAsync();
        setup.Log.Append(At(up, 1, 1));
        setup.Log.Append(At(up, 2, 2));
        await setup.Manager.StopAsync();
        Assert.Equal(2, setup.Receiver.SampleCount);
        Assert.DoesNotContain(setup.Messages.Lines, static line => line.StartsWith("not flushed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stopping_does_not_wait_for_a_receiver_that_is_down_and_the_next_start_sends_the_rest()
    {
        await using var setup = new SendingSetup();
        SeriesRef up = setup.Log.Hold(1, Named("up"));
        await setup.ApplyAsync();
        setup.Receiver.Answer = static _ => new HttpResponseMessage(HttpStatusCode.BadGateway);
        setup.Log.Append(At(up, 1, 1));
        setup.Log.Append(At(up, 2, 2));
        await setup.Manager.StopAsync();
        Assert.Contains("not flushed 2/0/0", setup.Messages.Lines);
        setup.Log.Append(At(up, 3, 3));
        setup.Receiver.Answer = null;
        await setup.RestartAsync("", kill: false);
        await setup.DeliverAsync(3);
        Assert.Equal([1.0, 2, 3], setup.Receiver.Taken.SelectMany(static r => r.Series).SelectMany(static s => s.Samples).Select(static s => s.Value));
    }

    [Fact]
    public async Task A_receiver_that_hangs_is_left_when_the_deadline_is_over()
    {
        await using var setup = new SendingSetup { FlushDeadline = TimeSpan.FromSeconds(9) };
        SeriesRef up = setup.Log.Hold(1, Named("up"));
        await setup.ApplyAsync("remote_timeout: 1h");
        setup.Receiver.Hold = new TaskCompletionSource();
        setup.Log.Append(At(up, 1, 1));
        Task stop = setup.Manager.StopAsync();
        await Wait.UntilAsync(() => setup.Clock.HasTimerIn(TimeSpan.FromSeconds(9)) && setup.Receiver.Requests.Count == 1, "the deadline");
        setup.Clock.Advance(TimeSpan.FromSeconds(9));
        await stop;
        Assert.Contains("not flushed 1/0/0", setup.Messages.Lines);
    }

    [Fact]
    public async Task Two_entries_that_say_the_same_are_refused()
    {
        await using var setup = new SendingSetup();
        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(() => setup.Manager.ApplyAsync([ConfigOf(), ConfigOf()], Labels.Empty));
        Assert.Equal("duplicate remote write configs are not allowed, found duplicate for URL: http://receiver/push", refused.Message);
    }

    [Fact]
    public async Task What_cannot_be_signed_in_is_told_and_others_are_sent_to()
    {
        await using var setup = new SendingSetup();
        await setup.Manager.ApplyAsync([ConfigOf("sigv4: {region: r}"), ConfigOf("name: other")], Labels.Empty);
        Assert.Equal("other", setup.Counters.Name);
        Assert.Contains(setup.Messages.Lines, static line => line.EndsWith("http://receiver/push: nothing is sent to this receiver: sigv4 is not yet supported", StringComparison.Ordinal));
    }
}
