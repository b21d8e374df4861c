/// A provider that needs no network: it draws a head with ears and eyes in colours that the generation decides, so that
/// the same image looks the same for ever.
package struct DrawnImages: ImageProvider {
    package init() {}

    package func image(_ number: Int, of generation: GenerationRequest) async throws -> String {
        "/generations/\(generation.id)/images/\(number)"
    }

    package func drawing(_ number: Int, of generation: GenerationRequest) -> String? {
        // Golden-angle steps keep neighbours apart on the colour wheel.
        let hue = (Int(generation.id % 360) * 97 + number * 137) % 360
        let ear = 10 + (Int(generation.id % 7) * 3 + number * 5) % 15
        let coat = "fill=\"hsl(\(hue), 60%, 60%)\""
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 120">
              <title>\(generation.animal) \(number) of \(generation.numImages)</title>
              <circle cx="25" cy="25" r="\(ear)" \(coat)/><circle cx="75" cy="25" r="\(ear)" \(coat)/>
              <circle cx="50" cy="55" r="40" \(coat)/>
              <circle cx="35" cy="45" r="5"/><circle cx="65" cy="45" r="5"/><circle cx="50" cy="65" r="8"/>
              <text x="50" y="115" text-anchor="middle" font-size="14">\(generation.animal)</text>
            </svg>

            """
    }
}
