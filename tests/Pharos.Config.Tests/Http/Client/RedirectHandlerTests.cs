using System.Net;
using Pharos.Config.Http.Client;

namespace Pharos.Config.Tests.Http.Client;

public sealed class RedirectHandlerTests
{
    [Theory]
    [InlineData(301, "GET /b ")]
    [InlineData(302, "GET /b ")]
    [InlineData(303, "GET /b ")]
    [InlineData(307, "POST /b body")]
    [InlineData(308, "POST /b body")]
    public async Task A_post_is_repeated_or_becomes_a_get(int status, string second)
    {
        var server = new Server((HttpStatusCode)status);
        using var client = new HttpMessageInvoker(new RedirectHandler(server));
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://a/a") { Content = new ReadOnlyMemoryContent("body"u8.ToArray()) };
        using HttpResponseMessage response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(["POST /a body", second], server.Requests);
    }

    [Fact]
    public async Task A_body_that_can_be_read_once_is_not_sent_again()
    {
        var server = new Server(HttpStatusCode.TemporaryRedirect);
        using var client = new HttpMessageInvoker(new RedirectHandler(server));
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://a/a") { Content = new StreamContent(new MemoryStream("body"u8.ToArray())) };
        using HttpResponseMessage response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.TemporaryRedirect, response.StatusCode);
    }

    private sealed class Server(HttpStatusCode redirect) : HttpMessageHandler
    {
        public List<string> Requests { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            string body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            Requests.Add($"{request.Method} {request.RequestUri!.AbsolutePath} {body}");
            var response = new HttpResponseMessage(Requests.Count == 1 ? redirect : HttpStatusCode.NoContent);
            if (Requests.Count == 1)
            {
                response.Headers.Location = new Uri("/b", UriKind.Relative);
            }

            return response;
        }
    }
}
