using System.Net;
using System.Text.Json;
using Pharos.Testing;
using Pharos.Testing.Processes;

namespace Pharos.Acceptance.Tests;

/// <summary>Hostile requests against the built server: a clear error each, no crash, bounded memory.</summary>
public sealed class BadInputTests
{
    private const long MemoryBound = 400L << 20;

    public static TheoryData<string, string> HugeQueries => new()
    {
        { "one megabyte of additions", "1" + string.Concat(Enumerable.Repeat(" + 1", 250_000)) },
        { "one megabyte of a name", new string('a', 1_000_000) + "{" },
        { "ten thousand parentheses", new string('(', 10_000) + "1" + new string(')', 10_000) },
        { "ten thousand signs", new string('-', 10_000) + "1" },
        { "ten thousand nested calls", string.Concat(Enumerable.Repeat("abs(", 10_000)) + "up" + new string(')', 10_000) },
        { "ten thousand nested subqueries", "up" + string.Concat(Enumerable.Repeat("[1m:1m]", 10_000)) },
        { "a pattern of nested repetitions", "up{a=~\"((((a{1000}){1000}){1000}){1000})\"}" },
    };

    [Theory]
    [MemberData(nameof(HugeQueries))]
    public async Task A_huge_query_gets_a_clear_error_and_the_server_lives(string what, string query)
    {
        using var folder = new TempFolder();
        await using ServerProcess pharos = await ServerProcess.StartPharosAsync(folder, "global: {}");

        JsonElement answer = await pharos.Api.QueryAsync(query);

        Assert.True(answer.GetProperty("status").GetString() is "error" or "success", what);
        if (answer.TryGetProperty("error", out JsonElement error))
        {
            Assert.InRange(error.GetString()!.Length, 5, 5_000);
        }

        Assert.True(await pharos.Api.IsReadyAsync());
        Assert.InRange(pharos.Process.ResidentBytes, 1, MemoryBound);
    }

    [Fact]
    public async Task Write_requests_of_mutated_bytes_are_refused_and_the_server_lives()
    {
        using var folder = new TempFolder();
        await using ServerProcess pharos = await ServerProcess.StartPharosAsync(folder, "global: {}");
        long now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        byte[] good = new WriteRequestBuilder().Add(["__name__", "mutated", "a", "b"], (now, 1)).Add(["__name__", "mutated", "c", "d"], (now, 2), (now + 1, 3)).ToBody();
        var random = new Random(7);
        byte[][] bodies =
        [
            [],
            [0xff, 0xff, 0xff, 0xff, 0x0f, 0x00],
            [0x80, 0x80, 0x80, 0x80, 0x04, 0x00],
            .. Enumerable.Range(0, 500).Select(_ => Mutate(good, random)),
        ];

        foreach (byte[] body in bodies)
        {
            HttpStatusCode status = await WriteAsync(pharos, body);
            Assert.True(status is HttpStatusCode.NoContent or HttpStatusCode.OK or HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge, $"{status} for {Convert.ToHexString(body)}");
        }

        Assert.Equal(HttpStatusCode.NoContent, await WriteAsync(pharos, new WriteRequestBuilder().Add(["__name__", "good"], (now, 1)).ToBody()));
        Assert.Equal(1, await pharos.Api.NumberAsync("good"));
        Assert.InRange(pharos.Process.ResidentBytes, 1, MemoryBound);
    }

    private static byte[] Mutate(byte[] body, Random random)
    {
        byte[] mutated = body.AsSpan(0, random.Next(1, body.Length + 1)).ToArray();
        for (int i = random.Next(0, 6); i > 0; i--)
        {
            mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
        }

        return mutated;
    }

    private static async Task<HttpStatusCode> WriteAsync(ServerProcess server, byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.Add("Content-Type", "application/x-protobuf");
        content.Headers.Add("Content-Encoding", "snappy");
        using HttpResponseMessage response = await server.Api.Http.PostAsync("/api/v1/write", content);
        return response.StatusCode;
    }
}
