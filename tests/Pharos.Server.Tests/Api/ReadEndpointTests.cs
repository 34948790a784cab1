using System.Net;
using System.Net.Http.Headers;
using Pharos.Core.Buffers;
using Pharos.Core.Samples;
using Pharos.Storage.Chunks;
using Pharos.Testing;

namespace Pharos.Server.Tests.Api;

public sealed class ReadEndpointTests
{
    // ReadRequest { queries { start 0, end 2^53, matcher NEQ __name__ "" } }
    private const string AllSamples = "0A1710FFFFFFFFFFFFFF0F1A0C080112085F5F6E616D655F5F";

    [Fact]
    public async Task Samples_are_answered_with_the_headers_of_upstream()
    {
        await using RunningServer server = await StartAsync();
        using HttpResponseMessage response = await PostAsync(server, Convert.FromHexString(AllSamples));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/x-protobuf", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(["snappy"], response.Content.Headers.ContentEncoding);
        byte[] message = Decompress(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        string text = System.Text.Encoding.Latin1.GetString(message);
        Assert.Contains("written", text, StringComparison.Ordinal);
        Assert.Contains("cluster", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_holds_chunks_that_decode()
    {
        await using RunningServer server = await StartAsync();
        using HttpResponseMessage response = await PostAsync(server, Convert.FromHexString(AllSamples + "1001"));
        Assert.Equal("application/x-streamed-protobuf; proto=prometheus.ChunkedReadResponse", string.Join(',', response.Content.Headers.NonValidated["Content-Type"]));
        byte[] stream = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        // The chunk stands last in its message: its type 1, then its bytes.
        int at = stream.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0x18, 0x01, 0x22]) + 3;
        var samples = new SampleBuffer();
        Assert.True(ChunkCodec.Instance.TryDecode(1, stream.AsSpan(at + 1, stream[at]), samples));
        Assert.Equal(1.5, samples.Values[^1]);
    }

    [Theory]
    [InlineData("nonsense", "snappy: corrupt input\n")]
    [InlineData("\u0001\0\n", "malformed read request: unexpected end at byte 1\n")]
    public async Task What_is_no_request_is_refused_in_plain_text(string body, string message)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpResponseMessage response = await server.SendAsync(HttpMethod.Post, "/api/v1/read", new ByteArrayContent(System.Text.Encoding.ASCII.GetBytes(body)));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(message, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_limit_of_samples_is_the_flags()
    {
        await using RunningServer server = await StartAsync("--storage.remote.read-sample-limit=1");
        using HttpResponseMessage response = await PostAsync(server, Convert.FromHexString(AllSamples));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("exceeded sample limit (1)\n", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Contains("prometheus_remote_read_handler_queries 0\n", await server.TextAsync("/metrics"), StringComparison.Ordinal);
    }

    private static async Task<RunningServer> StartAsync(params string[] flags)
    {
        var folder = new TempFolder();
        string config = folder.Write("pharos.yml", "global: {external_labels: {cluster: c}}");
        RunningServer server = await RunningServer.StartAsync(folder, ["--web.enable-remote-write-receiver", "--config.file=" + config, .. flags]);
        long now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        byte[] body = new WriteRequestBuilder().Add(["__name__", "written"], (now - 1000, 1), (now, 1.5)).ToBody();
        using HttpResponseMessage response = await WriteRequests.SendAsync(server, body);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        return server;
    }

    private static Task<HttpResponseMessage> PostAsync(RunningServer server, byte[] message)
    {
        var content = new ByteArrayContent(WriteRequestBuilder.CompressToLiterals(message));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        content.Headers.ContentEncoding.Add("snappy");
        return server.SendAsync(HttpMethod.Post, "/api/v1/read", content);
    }

    private static byte[] Decompress(byte[] body)
    {
        Assert.True(SnappyBlock.TryGetDecompressedLength(body, out int length));
        byte[] message = new byte[length];
        Assert.True(SnappyBlock.TryDecompress(body, message, out _));
        return message;
    }
}
