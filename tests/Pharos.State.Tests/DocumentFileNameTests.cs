using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Pharos.State.Tests;

public sealed class DocumentFileNameTests
{
    [Theory]
    [InlineData("admin", "admin.json")]
    [InlineData("node-1_a@example.org", "node-1_a@example.org.json")]
    [InlineData("Alice", "%41lice.json")]
    [InlineData("..", "%2e..json")]
    [InlineData(".hidden", "%2ehidden.json")]
    [InlineData("../../etc/passwd", "%2e.%2f..%2fetc%2fpasswd.json")]
    [InlineData("a b", "a%20b.json")]
    [InlineData("50%", "50%25.json")]
    [InlineData("ä", "%c3%a4.json")]
    [InlineData("nul\0", "nul%00.json")]
    public void An_id_becomes_a_name_that_stays_in_its_folder(string id, string expected)
        => Assert.Equal(expected, DocumentFileName.Of(id));

    [Fact]
    public void A_long_id_is_cut_and_closed_with_a_hash()
    {
        string name = DocumentFileName.Of(new string('ü', 500));
        Assert.True(name.Length <= 255);
        Assert.NotEqual(name, DocumentFileName.Of(new string('ü', 499)));
    }

    [Theory]
    [InlineData("a.json", true)]
    [InlineData(".lock", false)]
    [InlineData(".tmp-0011.json", false)]
    [InlineData("a.json~", false)]
    public void Only_visible_json_files_are_documents(string fileName, bool expected)
        => Assert.Equal(expected, DocumentFileName.IsDocument(fileName));

    [Fact]
    public void Different_ids_have_different_names_whatever_the_case()
    {
        Prop.ForAll<NonEmptyString, NonEmptyString>((a, b) =>
        {
            string first = DocumentFileName.Of(a.Get);
            string second = DocumentFileName.Of(b.Get);
            bool same = Encoding.UTF8.GetBytes(a.Get).AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(b.Get));
            return same == string.Equals(first, second, StringComparison.OrdinalIgnoreCase) && !first.Contains('/') && first[0] != '.';
        }).QuickCheckThrowOnFailure();
    }
}
