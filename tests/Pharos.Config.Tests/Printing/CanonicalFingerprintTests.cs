using Pharos.Config.Printing;

namespace Pharos.Config.Tests.Printing;

public sealed class CanonicalFingerprintTests
{
    [Fact]
    public void Equal_sections_have_equal_fingerprints() => Assert.Equal(Of("a", CanonicalScalar.OfText("1")), Of("a", CanonicalScalar.OfText("1")));

    [Fact]
    public void A_change_of_anything_changes_it_secrets_included()
    {
        string[] all =
        [
            Of("a", CanonicalScalar.OfText("1")),
            Of("b", CanonicalScalar.OfText("1")),
            Of("a", CanonicalScalar.OfLiteral("1")),
            Of("a", CanonicalList.OfTexts(["1"])),
            Of("a", CanonicalList.OfTexts(["1", ""])),
            Of("a", CanonicalScalar.OfSecret(new Secret("1"))),
            Of("a", CanonicalScalar.OfSecret(new Secret("2"))),
            Of("a", CanonicalScalar.OfRedacted("x", "3")),
            Of("a", CanonicalScalar.OfRedacted("x", "4")),
        ];

        // A text and a secret of the same content may share one: no field changes its kind.
        Assert.Equal(all.Length - 1, all.Distinct().Count());
    }

    private static string Of(string name, CanonicalNode value)
    {
        var root = new CanonicalMapping();
        root.Add(name, value);
        return CanonicalFingerprint.Of(root);
    }
}
