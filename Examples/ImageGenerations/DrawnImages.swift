import Foundation

/// A provider without a network: it draws small pictures into a directory, the same ones for the same wishes.
struct DrawnImages: ImageProvider {
    var directory: URL
    /// How long one picture takes.
    var delay = Duration.zero
    /// The share of pictures that fail, 0…1; which ones, the wish decides.
    var failureRate = 0.0

    func makeImage(_ wanted: WantedImage) async throws -> String {
        if delay > .zero { try await Task.sleep(for: delay) }
        var dice = Dice(seed: [wanted.generation, UInt64(wanted.attempt), UInt64(wanted.number)])
        if dice.fraction() < failureRate { throw ProviderFailed(image: wanted) }
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let file = directory.appending(path: "\(wanted.generation)-\(wanted.number).svg")
        try Data(drawing(of: wanted).utf8).write(to: file, options: .atomic)
        return file.absoluteString
    }

    /// A head with ears and eyes, in colours of its own.
    private func drawing(of wanted: WantedImage) -> String {
        var dice = Dice(seed: [wanted.generation, UInt64(wanted.number)])
        let hue = Int(dice.fraction() * 360)
        let ear = 10 + Int(dice.fraction() * 15)
        let fill = "hsl(\(hue), 60%, 60%)"
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 120">
              <title>\(wanted.animal) \(wanted.number)</title>
              <circle cx="25" cy="25" r="\(ear)" fill="\(fill)"/><circle cx="75" cy="25" r="\(ear)" fill="\(fill)"/>
              <circle cx="50" cy="55" r="40" fill="\(fill)"/>
              <circle cx="35" cy="45" r="5"/><circle cx="65" cy="45" r="5"/><circle cx="50" cy="65" r="8"/>
              <text x="50" y="115" text-anchor="middle" font-size="14">\(wanted.animal)</text>
            </svg>

            """
    }
}

/// Numbers that hang on the seed alone.
private struct Dice {
    private var state: UInt64

    init(seed: [UInt64]) {
        state = seed.reduce(0x9E37_79B9_7F4A_7C15) { ($0 ^ $1) &* 0xBF58_476D_1CE4_E5B9 }
    }

    /// 0..<1.
    mutating func fraction() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Double((mixed ^ (mixed >> 31)) >> 11) / Double(UInt64(1) << 53)
    }
}
