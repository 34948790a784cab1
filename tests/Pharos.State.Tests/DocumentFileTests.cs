using System.Text;
using System.Text.Json;
using Pharos.Core.Contracts;

namespace Pharos.State.Tests;

public sealed class DocumentFileTests
{
    private const string Good = """{"kind":"user","id":"a","version":3,"modified":"2026-11-20T05:00:00Z","content":{"x":1}}""";

    [Fact]
    public void What_is_written_is_read_back()
    {
        using var json = JsonDocument.Parse("""{"name":"Zoë <x>","list":[1,2.5,null],"deep":{"a":true}}""");
        var document = new Document("user", "Zoë", 42, new DateTimeOffset(2026, 11, 20, 5, 0, 0, 123, TimeSpan.Zero), json.RootElement.Clone());
        Document read = DocumentFile.Read(DocumentFile.Write(document), "user", DocumentFileName.Of("Zoë"));
        Assert.Equal(document with { Content = read.Content }, read);
        Assert.True(JsonElement.DeepEquals(document.Content, read.Content));
    }

    [Fact]
    public void The_file_is_for_people()
    {
        Document document = DocumentFile.Read(Encoding.UTF8.GetBytes(Good), "user", "a.json");
        Assert.Equal(
            """
            {
              "kind": "user",
              "id": "a",
              "version": 3,
              "modified": "2026-11-20T05:00:00.000Z",
              "content": {
                "x": 1
              }
            }

            """.ReplaceLineEndings("\n"),
            Encoding.UTF8.GetString(DocumentFile.Write(document).Span));
    }

    [Fact]
    public void A_byte_order_mark_of_an_editor_is_no_harm()
        => Assert.Equal(3, DocumentFile.Read(Encoding.UTF8.GetBytes("\uFEFF" + Good), "user", "a.json").Version);

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("{\n  \"kind\": oops", "line 2, column 11: not valid JSON")]
    [InlineData("[]", "expected a JSON object, found Array")]
    [InlineData("""{"kind":"token","id":"a","version":3,"modified":"2026-11-20T05:00:00Z","content":{}}""", "kind is \"token\", and this is the folder of \"user\"")]
    [InlineData("""{"kind":"user","id":"b","version":3,"modified":"2026-11-20T05:00:00Z","content":{}}""", "belongs into the file b.json")]
    [InlineData("""{"kind":"user","id":"","version":3,"modified":"2026-11-20T05:00:00Z","content":{}}""", "id is empty")]
    [InlineData("""{"kind":"user","id":"a","version":0,"modified":"2026-11-20T05:00:00Z","content":{}}""", "version is not a whole number from 1 on")]
    [InlineData("""{"kind":"user","id":"a","version":1.5,"modified":"2026-11-20T05:00:00Z","content":{}}""", "version is not a whole number from 1 on")]
    [InlineData("""{"kind":"user","id":"a","version":"1","modified":"2026-11-20T05:00:00Z","content":{}}""", "version is String, expected Number")]
    [InlineData("""{"kind":"user","id":"a","version":1,"modified":"yesterday","content":{}}""", "modified is not a time")]
    [InlineData("""{"kind":"user","id":"a","version":1,"modified":"2026-11-20T05:00:00Z","content":[]}""", "content is Array, expected Object")]
    [InlineData("""{"kind":"user","id":"a","version":1,"modified":"2026-11-20T05:00:00Z"}""", "the field content is missing")]
    [InlineData("""{"kind":"user","id":"a","version":1,"modified":"2026-11-20T05:00:00Z","content":{},"x":1}""", "unknown field \"x\"")]
    [InlineData("""{"kind":"user","id":"a","version":1,"modified":"2026-11-20T05:00:00Z","content":{"a":1,"a":2}}""", "not valid JSON")]
    public void What_is_wrong_is_said(string text, string expected)
    {
        FormatException exception = Assert.Throws<FormatException>(() => DocumentFile.Read(Encoding.UTF8.GetBytes(text), "user", "a.json"));
        Assert.Contains(expected, exception.Message);
    }

    [Fact]
    public void Every_torn_file_is_refused()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Good);
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<FormatException>(() => DocumentFile.Read(bytes.AsMemory(0, length), "user", "a.json"));
        }
    }

    [Fact]
    public void A_tower_of_brackets_is_refused()
        => Assert.Throws<FormatException>(() => DocumentFile.Read(Encoding.UTF8.GetBytes(Good.Replace("1}", new string('[', 100_000), StringComparison.Ordinal)), "user", "a.json"));
}
