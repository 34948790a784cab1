using System.Net.Http.Headers;
using Pharos.Testing;

namespace Pharos.Server.Tests;

/// <summary>Sends remote write requests.</summary>
internal static class WriteRequests
{
    public static Task<HttpResponseMessage> SendAsync(RunningServer server, string metric, long timestamp, double value) =>
        SendAsync(server, new WriteRequestBuilder().Add(["__name__", metric], (timestamp, value)).ToBody());

    public static Task<HttpResponseMessage> SendAsync(RunningServer server, byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        content.Headers.ContentEncoding.Add("snappy");
        return server.SendAsync(HttpMethod.Post, "/api/v1/write", content);
    }
}
